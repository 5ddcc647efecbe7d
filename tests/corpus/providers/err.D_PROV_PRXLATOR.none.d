typedef struct info { int sum; } info_t;
provider app { probe p(int n) : (info_t *n); };
BEGIN { }
