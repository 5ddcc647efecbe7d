/* ++ and -- yield the value before or after; compound assignments yield the new value. */
BEGIN
{
	x = 5;
	trace(x++);
	trace(x);
	trace(++x);
	trace(x--);
	trace(--x);
	trace(x += 10);
	trace(x -= 1);
	trace(x *= 3);
	trace(x /= 4);
	trace(x %= 4);
	trace(x <<= 4);
	trace(x >>= 1);
	trace(x |= 5);
	trace(x &= 0xc);
	trace(x ^= 0xf);
	trace((y = x) + 1);
	z++;
	w = 0;
	w += 3;
	trace(z + w);
}
