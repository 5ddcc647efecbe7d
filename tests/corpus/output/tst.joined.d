/* Several aggregations side by side: a key that one of them has not counts nothing there, also in a distribution. */
BEGIN
{
	@x["a"] = sum(3);
	@y["a"] = quantize(7);
	@z["b"] = avg(3);
	@n["c"] = lquantize(3, 0, 10, 5);
	printa(@x, @z);
	printa(@x, @y, @z);
	printa("%s %@d %@d %@d\n", @x, @n, @z);
	normalize(@x, 3);
	printa("%s [%@5d] [%@-5d] [%@5d]\n", @x, @z, @x);
}
