/* exit() records its status. */
BEGIN
{
	exit(3);
}
