/* Arithmetic is done in 64 bits; a value is cut to its type only where it is stored. */
int i;
BEGIN
{
	this->big = (int64_t)2147483647;
	trace(this->big + 1);
	trace(2147483647 + 1 > 0);
	i = 2147483647;
	trace(i + 1 > 0);
	i = i + 1;
	trace(i);
	trace(0x7fffffffffffffff + 1LL < 0);
	trace(4294967296 * 2);
}
