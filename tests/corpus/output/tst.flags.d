/* printa's conversions take flags and widths on either side of the @. */
BEGIN
{
	@a["k"] = sum(255);
	printa("%s:%@d:%@5d:%-@5d:%@-5d:%@05d:%@#x:%@o:%@X\n", @a);
	@two["p", "q"] = sum(1);
	printa("%5s|%-5s|%@d\n", @two);
	exit(0);
}
