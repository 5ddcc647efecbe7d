/* A store outside the program's own memory is a fault. */
BEGIN
{
	p = (int *)&`ticks;
	trace(1);
	*p = 3;
}
BEGIN
{
	trace(2);
}
