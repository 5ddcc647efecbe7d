/* aggsortpos says by which of several aggregations they are ordered, aggsortrev turns the order round. */
#pragma D option aggsortrev
#pragma D option aggsortpos=1
BEGIN
{
	@a[3] = sum(1);
	@a[1] = sum(2);
	@a[2] = sum(3);
	@b[3] = sum(9);
	@b[1] = sum(3);
	@b[2] = sum(5);
	@b[7] = sum(-5);
}
END
{
	printa("%d %@d %@d\n", @a, @b);
	printa(@a);
}
