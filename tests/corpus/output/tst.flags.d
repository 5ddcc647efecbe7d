/* printa's conversions take flags and widths on either side of the @. */
BEGIN
{
	@a["k"] = sum(255);
	printa("%s:%@d:%@5d:%-@5d:%@-5d:%@05d:%@#x:%@o:%@X\n", @a);
	printa("%5s|%-5s|%@d\n", @two);
	@two["p", "q"] = sum(1);
	exit(0);
}
