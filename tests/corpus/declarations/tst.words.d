/* The words of a type may stand in any order. */
unsigned int a;
long unsigned b;
short int unsigned c;
long int long d;
char unsigned e;
const volatile int f;
signed g;
BEGIN
{
	a = -1;
	b = -1;
	c = -1;
	d = -1;
	e = -1;
	g = -1;
	trace(a);
	trace(b);
	trace(c);
	trace(d);
	trace(e);
	trace(g);
	trace(sizeof (f));
}
