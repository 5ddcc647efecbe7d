BEGIN { clear(@none[1]); }
