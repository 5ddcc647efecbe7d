BEGIN { arg0 == 0 ? @seen = count() : 1; }
