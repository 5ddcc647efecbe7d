/* printa() shows values as times and in every integer conversion, keys with widths that are keys themselves. */
BEGIN
{
	@m["x"] = max(5000000000);
	@b["x"] = min(0);
	@p[(void *)0x1234, 1] = max(5);
	@w["abc", 5, 7] = count();
	@s["a\tb", "x", "y", "z", "ww"] = count();
	printa("%s %@Y|%@25Y|%@d\n", @m);
	printa("%@Y %@Y\n", @m, @b);
	printa("%p %x %@p %@5.3d|%@o|%@i|%-@5d|%@-5d|%+@d|%@05d|%#@x\n", @p);
	printa("%s %*d %@d\n", @w);
	printa("%S %s %10s %-10s| %.1s %@d\n", @s);
	printa("no conversion\n", @s);
}
