/* Tags, members, typedefs and variables have names of their own. */
typedef struct s {
	int s;
} s;
struct t {
	s s;
	int t;
};
struct t v;
BEGIN
{
	v.s.s = 3;
	v.t = 4;
	trace(v.s.s + v.t);
	trace(sizeof (s));
	trace(sizeof (struct t));
}
