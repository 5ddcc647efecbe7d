/* A user register is an unsigned 64-bit number. */
BEGIN
{
	trace(sizeof (uregs[0]));
}
