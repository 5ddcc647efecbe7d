/* ERROR fires for a fault with the clause's number, the action's, the instruction, the fault and the address. */
BEGIN
{
	trace(1);
	trace(*(int *)0x10);
}

BEGIN
/1 / (arg0 - arg0)/
{
	trace(2);
}

ERROR
{
	printf("%d %d %d\n", arg2, arg4, arg5);
}

ERROR
{
	trace(*(int *)0x20);
}
