/* Keys of every kind, and the aggregation with the empty name. */
fbt::malloc:entry
{
	@ = count();
	@one[execname] = count();
	@two[pid, probefunc] = sum(arg0);
	@three[stack(2), arg0 > 5, "x"] = count();
	@one["literal"] = count();
}
