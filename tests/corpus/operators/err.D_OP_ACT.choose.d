BEGIN { arg0 == 0 ? trace(1) : trace(2); }
