int x; BEGIN { trace(&(x + 1)); }
