/* An external declaration gives a kernel variable a type. */
extern unsigned char ticks;
BEGIN
{
	trace(sizeof (ticks));
	trace(sizeof (`ticks));
}
