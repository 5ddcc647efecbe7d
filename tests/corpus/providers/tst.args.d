/* The probes of a declared provider are known to the compiler, with the types of their arguments. */
struct pair { int first; int second; };
typedef struct info { int sum; } info_t;
translator info_t < struct pair *P > { sum = P->first + P->second; };
provider myapp { probe start(int, string); probe a__done(struct pair *p, char c) : (info_t *p, char c, int c); };
provider myapp { probe start(int, string); probe a__done(struct pair *p, char c) : (info_t *p, char c, int c); };
myapp1:::start { trace(args[0] + 1); }
myapp1:::a-done { trace(args[0]->sum); trace(args[1]); trace(args[2]); }
BEGIN { trace("ok"); }
