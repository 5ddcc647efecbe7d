/* Bit-fields hold their bits, signed or not, and leave their neighbours alone. */
struct bits {
	int a : 3;
	unsigned int b : 5;
	int c : 24;
	unsigned long long d : 40;
};
struct bits v;
BEGIN
{
	v.a = 3;
	v.b = 33;
	v.c = -5;
	v.d = 0xffffffffff;
	trace(v.a);
	trace(v.b);
	trace(v.c);
	trace(v.d);
	v.a = 4;
	v.b--;
	v.c *= 3;
	trace(v.a);
	trace(v.b);
	trace(v.c);
	trace(v.b++);
	trace(++v.b);
	trace(sizeof (struct bits));
}
