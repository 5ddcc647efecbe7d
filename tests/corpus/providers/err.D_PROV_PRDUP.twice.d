provider app { probe p(); probe p(int); };
BEGIN { }
