provider app { probe p(int); };
app1:::p { trace(args[1]); }
