/* A string variable holds a copy; until it is set, and once 0 is stored, it is empty, which is the same as null. */
string s;
self string t;
BEGIN
{
	trace(s == 0);
	trace(s);
	trace(self->t == 0);
	trace(self->t == "");
	trace(self->t == "x");
	trace(self->t < "x");
	s = execname;
	trace(s != 0);
	trace(s);
	s = "other";
	trace(s);
	trace(s == "other" ? "same" : "different");
	s = 0;
	trace(s == 0);
	trace(s == "");
	trace("" == NULL);
	trace("x" != NULL);
}
