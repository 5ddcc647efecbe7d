/* substr, index and rindex at and beyond the ends; the empty string is found everywhere. */
BEGIN
{
	trace(substr("dtrace", 0));
	trace(substr("dtrace", 6));
	trace(substr("dtrace", -6));
	trace(substr("dtrace", -7));
	trace(substr("dtrace", -7, 3));
	trace(substr("dtrace", -9, 3));
	trace(substr("dtrace", 2, 0));
	trace(substr("dtrace", 2, 99));
	trace(substr("dtrace", 2, -2));
	trace(substr("dtrace", 2, -9));
	trace(substr("dtrace", -3, -1));
	trace(index("dtrace", ""));
	trace(rindex("dtrace", ""));
	trace(index("dtrace", "", 99));
	trace(rindex("dtrace", "", -1));
	trace(index("dtrace", "t", -5));
	trace(index("dtrace", "d", 1));
	trace(rindex("banana", "an"));
	trace(rindex("banana", "an", 2));
	trace(rindex("banana", "b", -1));
	trace(index("", "x"));
	trace(index("", ""));
	trace(strstr("dtrace", ""));
	trace(strchr("dtrace", 0));
	trace(strrchr("banana", 'a'));
	trace(strchr("dtrace", 'z') == 0);
}
