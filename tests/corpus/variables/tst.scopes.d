/* One name may live in three scopes at once. */
BEGIN
{
	x = 1;
	self->x = 2;
	this->x = 3;
	trace(x);
	trace(self->x);
	trace(this->x);
	self->x = 0;
	trace(self->x);
}
