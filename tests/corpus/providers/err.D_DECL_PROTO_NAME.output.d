provider app { probe p(int) : (int, int); };
BEGIN { }
