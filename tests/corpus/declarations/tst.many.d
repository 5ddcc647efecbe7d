/* One declaration may have many declarators; the same declaration may come twice. */
int a, *b, c[2], d[int], (*e)(int);
int a, *b;
int f(int, ...);
BEGIN
{
	a = 1;
	c[1] = 2;
	d[5] = 3;
	trace(a + c[1] + d[5]);
	trace(sizeof (b) + sizeof (e));
}
