/* A speculation's records appear when it is committed, and never when it is discarded. */
BEGIN
{
	self->s = speculation();
	printf("got %d, then %d\n", self->s, speculation());
}

BEGIN
{
	speculate(self->s);
	printf("first\n");
}

BEGIN
{
	printf("before\n");
}

BEGIN
{
	speculate(self->s);
	printf("second\n");
}

BEGIN
{
	commit(self->s);
}

BEGIN
{
	self->t = speculation();
	printf("again %d\n", self->t);
}

BEGIN
{
	speculate(self->t);
	printf("never\n");
}

BEGIN
{
	discard(self->t);
}

BEGIN
{
	speculate(self->t);
	printf("not even this\n");
}

BEGIN
{
	printf("end\n");
	exit(0);
}
