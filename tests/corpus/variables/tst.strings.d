/* A string variable holds a copy, is null until it is set, and null again when 0 is stored. */
string s;
BEGIN
{
	trace(s == 0);
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
