inline int x = "text";
BEGIN { trace(1); }
