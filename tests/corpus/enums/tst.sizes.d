/* An enumerator may be the size of an array. */
enum { N = 4 };
int table[N];
BEGIN
{
	table[N - 1] = N;
	trace(table[3]);
	trace(sizeof (table) / sizeof (table[0]));
}
