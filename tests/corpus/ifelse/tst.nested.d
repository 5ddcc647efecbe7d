/* ifs nest; a condition is worked out once, when the clause comes to it. */
BEGIN
{
	n = 0;
	if (n++ == 0) {
		if (n == 1) {
			n = 7;
			trace("inner");
		} else {
			trace("wrong");
		}
		trace(n);
	} else {
		trace("wrong");
	}
	if (n == 0)
		trace("wrong");
	trace(n);
}
