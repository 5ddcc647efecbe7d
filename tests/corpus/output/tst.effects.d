/* trunc, clear, normalize and denormalize act on what printa prints after them. */
BEGIN
{
	@n["a"] = sum(1000);
	@n["b"] = sum(2500);
	@n["c"] = sum(-300);
	printa("%s %@d\n", @n);
	normalize(@n, 100);
	printa("n %s %@d\n", @n);
	denormalize(@n);
	printa("d %s %@d\n", @n);
	trunc(@n, 2);
	printa("t %s %@d\n", @n);
	trunc(@n, -1);
	printa("u %s %@d\n", @n);
	clear(@n);
	printa("c %s %@d\n", @n);
	trunc(@n);
	printa("gone %s %@d\n", @n);
	exit(0);
}
