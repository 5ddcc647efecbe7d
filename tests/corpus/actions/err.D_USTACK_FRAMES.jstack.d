BEGIN { jstack(execname); }
