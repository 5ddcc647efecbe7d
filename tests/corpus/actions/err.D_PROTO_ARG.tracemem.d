BEGIN { tracemem(arg0, "x"); }
