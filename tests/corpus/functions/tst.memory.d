/* memstr makes a string of memory with zeros in it; bcopy fills alloca's memory; copyout needs no reply. */
BEGIN
{
	this->m = (char *)alloca(8);
	bcopy("ab", this->m, 2);
	bcopy("cd", this->m + 4, 2);
	trace(memstr(this->m, '-', 9));
	trace(memstr(this->m, '.', 4));
	trace(stringof(this->m));
	trace(strlen(memstr(this->m, ' ', 0) == 0 ? "null" : "text"));
}

BEGIN
{
	trace(alloca(0x10000000));
}
