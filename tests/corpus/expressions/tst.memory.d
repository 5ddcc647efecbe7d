/* Kernel memory is read through pointers and backquoted symbols. */
BEGIN
{
	trace(`ticks);
	trace(kernel`ticks + 1);
	trace(*&`ticks);
	trace(*(int *)0xc0400000);
	trace(*(uint8_t *)&`ticks);
	trace(((char *)0xc0500000)[1]);
	trace(stringof(0xc0500000));
	trace(*((char *)0xc0500000 + 2));
	trace((string)0xc0500000);
}
