/* Keys of several kinds in the columns of an aggregation. */
BEGIN
{
	@byte[(char)65, (short)-2, 3, 4LL] = count();
	@text["left", "right"] = count();
	@["alone"] = count();
	exit(0);
}
