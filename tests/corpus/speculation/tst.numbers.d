/* Without a free buffer speculation() is 0; a clause that speculates into 0 ends there; a buffer is used again. */
BEGIN
{
	ids = speculation();
	trace(ids);
	trace(speculation());
}

BEGIN
{
	speculate(0);
	trace(111);
}

BEGIN
{
	speculate(ids);
	trace(1);
	trace("two");
}

END
{
	commit(ids);
}

END
{
	trace(speculation());
}
