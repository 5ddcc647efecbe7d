/* tracemem() records bytes. */
BEGIN
{
	tracemem(0xc0500000, 6);
}
