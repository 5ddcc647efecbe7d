/* inet_ntoa6 and inet_ntop write addresses; a run of zeros is left out once, IPv4 addresses keep their dots. */
BEGIN
{
	this->zero = (void *)0xc0400004;
	this->a = (uint8_t *)alloca(16);
	bcopy(this->zero, this->a, 4);
	bcopy(this->zero, this->a + 4, 4);
	bcopy(this->a, this->a + 8, 8);
	trace(inet_ntoa6(this->a));
	bcopy("\x20\x01\x0d\xb8", this->a, 4);
	bcopy("\x12\x34", this->a + 14, 2);
	trace(inet_ntoa6(this->a));
	trace(inet_ntop(28, this->a));
	trace(inet_ntop(2, this->a));
}

BEGIN
{
	this->zero = (void *)0xc0400004;
	this->b = (uint8_t *)alloca(16);
	bcopy(this->zero, this->b, 4);
	bcopy(this->zero, this->b + 4, 4);
	bcopy(this->zero, this->b + 8, 2);
	bcopy("\xff\xff\x0a\x01\x02\x03", this->b + 10, 6);
	trace(inet_ntoa6(this->b));
	trace(inet_ntop(28, this->b));
	bcopy(this->zero, this->b + 10, 2);
	trace(inet_ntoa6(this->b));
}

BEGIN
{
	trace(inet_ntop(1, this->b));
}
