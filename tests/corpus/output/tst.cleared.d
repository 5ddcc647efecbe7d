/* clear() keeps the keys, trunc() takes them away, normalize() divides towards zero what is printed. */
BEGIN
{
	@a = min(4);
	@b = max(4);
	@c = avg(4);
	@d = stddev(4);
	@e = quantize(4);
	@f = lquantize(4, 0, 10, 1);
	clear(@a);
	clear(@b);
	clear(@c);
	clear(@d);
	clear(@e);
	clear(@f);
	@t[1] = sum(5);
	@t[2] = sum(-5);
	@t[3] = sum(0);
	@t[4] = sum(7);
	@u[1] = count();
	@u[2] = count();
	@u[3] = count();
	trunc(@t, -2);
	trunc(@u, 2);
	printa("%d %@d\n", @t);
	printa("%d %@d\n", @u);
	trunc(@u);
	printa("%d %@d\n", @u);
	@n["a"] = sum(-1000);
	@m["q"] = avg(-1000);
	@l = lquantize(5, 0, 10, 1);
	@l = lquantize(5, 0, 10, 1);
	normalize(@n, 3);
	normalize(@m, 3);
	normalize(@l, 2);
	printa(@n);
	printa("%@d %@x\n", @n, @n);
	denormalize(@n);
	printa(@n);
}
