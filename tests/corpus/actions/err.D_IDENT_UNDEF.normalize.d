BEGIN { normalize(@none, 2); }
