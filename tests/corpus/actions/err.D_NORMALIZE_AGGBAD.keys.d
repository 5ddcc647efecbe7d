BEGIN { normalize(@none[1], 2); }
