provider app { probe p(int n) : (int m); };
BEGIN { }
