/* Actions on aggregations obey constant conditions. */
inline int TOP = 1;
inline int PERCENT = 0;
BEGIN
{
	@bytes["a"] = sum(10);
	@bytes["b"] = sum(20);
	@bytes["c"] = sum(30);
}
END
{
	TOP ? trunc(@bytes, 2) : 1;
	PERCENT ? normalize(@bytes, 10) : 1;
	! PERCENT ? printa("%s %@d\n", @bytes) : printa("%s %@d%%\n", @bytes);
}
