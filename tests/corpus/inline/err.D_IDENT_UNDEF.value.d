inline int x = nobody;
BEGIN { trace(1); }
