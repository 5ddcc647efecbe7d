/* sizeof knows 32-bit ARM, and binds tighter than multiplication. */
self string s;
BEGIN
{
	trace(sizeof (char));
	trace(sizeof (short));
	trace(sizeof (int));
	trace(sizeof (long));
	trace(sizeof (long long));
	trace(sizeof (void *));
	trace(sizeof (size_t));
	trace(sizeof (int) * 2);
	trace(sizeof pid);
	trace(sizeof (string));
	trace(sizeof (timestamp + 1));
	trace(sizeof self->s);
}
