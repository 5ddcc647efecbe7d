/* A cast cuts to the type and extends by its sign. */
BEGIN
{
	this->v = 0x123456789abcdef0LL;
	trace((char)this->v);
	trace((unsigned char)this->v);
	trace((short)this->v);
	trace((uint16_t)this->v);
	trace((int)this->v);
	trace((uint32_t)this->v);
	trace((long)this->v);
	trace((int64_t)this->v);
	trace((int8_t)255);
	trace((uint8_t)-1);
	trace((char)'\377');
}
