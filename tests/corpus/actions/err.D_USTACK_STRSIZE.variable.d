BEGIN { jstack(10, pid); }
