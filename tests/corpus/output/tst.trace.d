/* With -q trace() prints values one behind the other without padding. */
BEGIN
{
	trace(1);
	trace("text");
	trace(-1LL);
	trace((char)7);
	exit(0);
}
