/* Declared variables keep their type: values are cut when they are stored. */
int i;
uint8_t small;
self string name;
this int16_t t;
char *p;
BEGIN
{
	trace(i);
	small = 300;
	trace(small);
	i = 4294967297;
	trace(i);
	self->name = execname;
	trace(self->name);
	this->t = 40000;
	trace(this->t);
	this->t += 40000;
	trace(this->t);
}
