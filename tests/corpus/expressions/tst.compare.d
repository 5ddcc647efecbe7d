/* Comparisons are unsigned as soon as one operand is, signed otherwise; strings compare by bytes. */
BEGIN
{
	this->minus = -1;
	trace(this->minus < 1);
	trace(this->minus < (uint64_t)1);
	trace((unsigned int)1 > this->minus);
	trace((int64_t)this->minus < (uint32_t)1);
	trace("abc" == "abc");
	trace(execname == "dd");
	trace(execname != "dd");
	trace(execname < "de");
	trace(execname >= "de");
	trace("a" < execname);
	trace("" < "a");
}
