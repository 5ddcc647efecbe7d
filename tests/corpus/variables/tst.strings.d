/* A string variable holds a copy; it is empty until it is set, a thread's is null, and any is once 0 is stored: both equal 0. */
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
}
