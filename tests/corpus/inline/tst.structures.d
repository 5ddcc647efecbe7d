/* An inline can be a pointer to a structure, or text. */
struct pair { int first; int second; };
inline struct pair *here = (struct pair *)&`ticks;
BEGIN { trace(here->first); trace(here->second); }
