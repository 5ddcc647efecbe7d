/* if and else run one branch; what stands around them keeps its place. */
BEGIN
{
	x = 3;
	trace("first");
	if (x == 3) {
		trace("three");
		x = 4;
	} else
		trace("other");
	trace(x);
	if (x == 3)
		trace("again");
	if (x > 10)
		trace("big");
	else if (x > 3)
		trace("middle");
	else
		trace("small");
	trace("last");
}
