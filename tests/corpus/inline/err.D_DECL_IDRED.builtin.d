inline int pid = 1;
BEGIN { trace(pid); }
