/* tracemem() with a third argument records how many of the bytes count. */
BEGIN
{
	tracemem(0xc0500000, 8, 3);
}
