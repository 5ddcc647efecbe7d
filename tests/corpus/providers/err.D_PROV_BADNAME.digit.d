provider app1 { probe p(); };
BEGIN { }
