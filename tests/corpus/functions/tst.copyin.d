/* copyinstr and copyin read the memory of the process. */
BEGIN
{
	trace(copyinstr(0x8000));
	trace(*(char *)copyin(0x8000, 4));
	trace(stringof(copyin(0x8000, 12)));
}
