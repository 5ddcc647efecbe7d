/* The clause's predicate is asked once, before everything. */
int x;
BEGIN
/x == 0/
{
	if (1)
		x = 1;
	trace(x);
	if (x)
		trace("still here");
}
BEGIN
/x == 0/
{
	if (1)
		trace("wrong");
	else
		trace("wrong");
}
