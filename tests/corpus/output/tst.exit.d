/* After exit() the rest of its own clause runs, no further BEGIN clause, and END. */
BEGIN
{
	exit(0);
	printf("still here\n");
}

BEGIN
{
	printf("never\n");
}

END
{
	printf("the end\n");
}
