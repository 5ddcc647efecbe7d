inline string x = 1;
BEGIN { trace(x); }
