/* A self-> variable belongs to the thread that assigned it. */
fbt::malloc:entry
{
	self->size = arg0;
}
syscall::read:entry
/self->size/
{
	trace("not reached: another thread");
}
END
{
	trace(self->size);
}
