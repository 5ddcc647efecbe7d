/* && and || do not evaluate their right side when the left one decides. */
BEGIN
{
	this->zero = 0;
	n = 0;
	trace(this->zero && n++);
	trace(!this->zero || n++);
	trace(n);
	trace(1 && ++n);
	trace(n);
	trace(n ^^ 0);
	trace(n ^^ pid);
	trace(this->zero ? n++ : n--);
	trace(n);
}
