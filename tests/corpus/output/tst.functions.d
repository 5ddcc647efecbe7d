/* All aggregating functions as they are printed at the end. */
BEGIN
{
	@count["x"] = count();
	@count["x"] = count();
	@sum = sum(5);
	@sum = sum(-7);
	@min = min(5);
	@min = min(-7);
	@max = max(5);
	@max = max(-7);
	@avg = avg(5);
	@avg = avg(8);
	@dev = stddev(2);
	@dev = stddev(4);
	@dev = stddev(4);
	@dev = stddev(4);
	@dev = stddev(5);
	@dev = stddev(5);
	@dev = stddev(7);
	@dev = stddev(9);
	exit(0);
}
