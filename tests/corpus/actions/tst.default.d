/* Actions that store nothing leave no record; the empty clause leaves one. */
BEGIN
{
	self->x = 1;
}

BEGIN
{
}

BEGIN
{
	discard(0);
}
