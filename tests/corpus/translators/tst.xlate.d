/* A translation has the members of its type, each computed by its expression. */
struct pair { int first; int second; };
typedef struct info { int64_t sum; string who; int first; struct pair *raw; } info_t;
translator info_t < struct pair *P > {
	sum = P->first + P->second + 1000;
	who = probename;
	first = P->first;
	raw = P;
};
inline info_t *mine = xlate < info_t * > ((struct pair *)&`ticks);
BEGIN {
	trace(xlate < info_t > ((struct pair *)&`ticks).sum);
	trace(xlate < info_t * > ((struct pair *)&`ticks)->who);
	trace(mine->first);
	trace(mine->raw->first);
}
