BEGIN { trace((static int)0); }
