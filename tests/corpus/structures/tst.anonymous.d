/* Members of anonymous structures and unions are the outer one's. */
struct s {
	int a;
	union {
		int b;
		struct {
			short low;
			short high;
		};
	};
};
struct s v;
BEGIN
{
	v.b = 0x30002;
	trace(v.low);
	trace(v.high);
	trace(offsetof(struct s, high));
	trace(sizeof (struct s));
}
