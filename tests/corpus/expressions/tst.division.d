/* Signed division truncates towards zero; unsigned operands make it unsigned. */
BEGIN
{
	this->minus = -7;
	this->two = 2;
	trace(this->minus / this->two);
	trace(this->minus % this->two);
	trace(-7 / 2);
	trace(-7 % 2);
	trace((uint64_t)-8 / 2);
	trace(0xffffffffffffffff % 10);
	trace(this->minus >> 1);
	trace((uint64_t)this->minus >> 60);
}
