/* aggsortkey orders by key, aggsortkeypos says by which one first. */
#pragma D option aggsortkey
#pragma D option aggsortkeypos=1
BEGIN
{
	@x[3, "x"] = count();
	@x[1, "z"] = count();
	@x[2, "y"] = count();
	@x[-1, "y"] = count();
	@s["b"] = sum(1);
	@s["a"] = sum(2);
}
