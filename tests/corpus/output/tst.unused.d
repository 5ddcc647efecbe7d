/* An aggregation that printa() printed is not printed again at the end; one that it did not is. */
BEGIN
{
	@shown = count();
	@other = sum(4);
	printa("shown %@u\n", @shown);
	exit(0);
}
