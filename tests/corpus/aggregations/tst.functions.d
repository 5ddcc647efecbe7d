/* The aggregating functions, without keys. */
BEGIN, END
{
	@c = count();
	@s = sum(3);
	@n = min(cpu - 7);
	@x = max(probename == "END" ? 9 : 2);
	@a = avg(probename == "END" ? 10 : 20);
}
