/* Operators bind as in C, and ^^ stands between && and ||. */
BEGIN
{
	trace(1 + 2 * 3);
	trace((1 + 2) * 3);
	trace(10 - 4 - 3);
	trace(100 / 10 / 5);
	trace(1 << 2 + 1);
	trace(6 & 3 == 3);
	trace(1 | 6 ^ 2 & 3);
	trace(1 ^^ 1 || 0);
	trace(1 ^^ 1 && 0);
	trace(0 ? 1 : 0 ? 2 : 3);
	trace(-2 + 5);
	trace(!0 + !5);
	trace(~0 & 0xff);
	trace(2 > 1 == 1);
}
