/* After exit() its clause goes on, and then only END's clauses run. */
BEGIN
{
	exit(4);
	trace(1);
}

BEGIN
{
	trace(2);
}

fbt::malloc:entry
{
	trace(3);
}

END
{
	trace(4);
}
