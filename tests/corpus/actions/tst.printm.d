/* printm() records a length and the memory that memref() names; what is too long is dropped with its clause. */
BEGIN
{
	printm(8, memref((void *)0xc0500000, 6));
	printm(4, memref((void *)0xc0500000, 4));
}

BEGIN
{
	trace(1);
	printm(4, memref((void *)0xc0500000, 5));
}
