string s; BEGIN { trace(s + 1); }
