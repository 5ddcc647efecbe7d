BEGIN { tracemem(execname, 1); }
