BEGIN { clear(@none); }
