/* What a variable of the program points to can be written, if it is the program's own. */
BEGIN
{
	this->p = (int *)alloca(4 * sizeof (int));
	this->p[0] = 1;
	*(this->p + 1) = 2;
	this->p[2] = this->p[0] + this->p[1];
	this->p[3] = this->p[2]++;
	*this->p <<= 4;
	trace(*this->p);
	trace(this->p[1]);
	trace(this->p[2]);
	trace(this->p[3]);
	this->c = (char *)this->p;
	this->c[1] = 1;
	trace(this->p[0]);
	trace(this->c[0]);
}
