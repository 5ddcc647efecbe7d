/* Enumerators are integer constants; each is one more than the last unless it is given a value. */
enum colour {
	RED,
	GREEN = 5,
	BLUE,
	LAST = BLUE * 2
};
enum { ALONE = -3, NEXT };
enum colour c;
BEGIN
{
	trace(RED);
	trace(BLUE);
	trace(LAST);
	trace(NEXT);
	c = GREEN;
	trace(c);
	trace(c == GREEN);
	trace(c + 1 == BLUE);
	trace(sizeof (c));
	trace(sizeof (enum colour));
}
