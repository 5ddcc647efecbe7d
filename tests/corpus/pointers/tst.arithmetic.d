/* Pointers move by the size of what they point to. */
int *p, *q;
long long *w;
BEGIN
{
	p = (int *)1000;
	q = p + 5;
	trace((int)q);
	trace(q - p);
	trace((int)(q - 2));
	trace((int)&p[3]);
	trace((int)(2 + p));
	p++;
	trace((int)p);
	p += 4;
	trace((int)p);
	trace((int)p--);
	trace((int)--p);
	w = (long long *)64;
	trace((int)(w + 1));
	trace((int)&w[-1]);
	trace(q > p);
	trace(p != 0);
}
