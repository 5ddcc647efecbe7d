/* Members of structures and unions, nested ones too, are written and read. */
struct inner {
	char tag;
	int64_t value;
};
struct outer {
	int a;
	short b;
	unsigned char c;
	struct inner in;
	union {
		int whole;
		char bytes[4];
	} u;
};
struct outer v;
BEGIN
{
	v.a = -1;
	v.b = 70000;
	v.c = 300;
	v.in.value = 5000000000;
	v.u.whole = 0x41424344;
	trace(v.a);
	trace(v.b);
	trace(v.c);
	trace(v.in.value);
	trace(v.in.tag);
	trace(v.u.bytes[0]);
	trace(v.u.bytes[3]);
}
