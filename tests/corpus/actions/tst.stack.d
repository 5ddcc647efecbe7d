/* stack() records frames, stack(n) at most n. */
BEGIN
{
	stack();
	stack(1);
}
