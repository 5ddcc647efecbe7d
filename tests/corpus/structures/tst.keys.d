/* A structure is a key by its bytes. */
struct pair {
	int a;
	int b;
};
struct pair k;
BEGIN
{
	k.a = 1;
	seen[k] = 7;
	k.b = 1;
	trace(seen[k]);
	k.b = 0;
	trace(seen[k]);
}
