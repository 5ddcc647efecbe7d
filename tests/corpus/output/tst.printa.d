/* printa prints an aggregation by its format, once for each key, in the order of the values. */
BEGIN
{
	@a["one", 1] = sum(30);
	@a["two", 2] = sum(10);
	@a["three", -3] = sum(20);
	@b["one", 1] = count();
	@b["four", 4] = count();
	printa("%s %d %@d\n", @a);
	printa("%-8s|%5d|%@8u|%@x\n", @a);
	printa("%10s %@3d %@3u\n", @a, @b);
	printa(@b);
	exit(0);
}
