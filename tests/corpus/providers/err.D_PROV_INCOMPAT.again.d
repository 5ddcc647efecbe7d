provider app { probe p(int); };
provider app { probe p(string); };
BEGIN { }
