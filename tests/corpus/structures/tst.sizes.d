/* Sizes and offsets are those of 32-bit ARM; sizeof of a member needs no object. */
struct s {
	char a;
	long long b;
	void *c;
	short d[3];
};
struct s *p;
BEGIN
{
	trace(sizeof (struct s));
	trace(sizeof (p->b));
	trace(sizeof (p->d));
	trace(sizeof (*p));
	trace(sizeof (p));
	trace(offsetof(struct s, b));
	trace(offsetof(struct s, d));
	trace(sizeof (struct s [2]));
}
