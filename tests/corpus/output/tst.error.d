/* A fault ends its clause, is told to ERROR's clauses, and the next clause goes on. */
BEGIN
{
	printf("one\n");
}

BEGIN
{
	printf("never\n");
	trace(*(int *)0);
}

BEGIN
{
	printf("two\n");
	exit(0);
}

ERROR
{
	printf("error: clause %d action %d fault %d at %x\n", arg1, arg2, arg4, arg5);
}
