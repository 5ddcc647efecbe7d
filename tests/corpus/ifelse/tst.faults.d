/* After a fault nothing of the clause is run any more. */
BEGIN
{
	if (1)
		trace("before");
	if (*(int *)8)
		trace("wrong");
	else
		trace("wrong");
	trace("wrong");
}
BEGIN
{
	trace("after");
}
