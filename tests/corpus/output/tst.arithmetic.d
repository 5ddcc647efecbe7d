/* Arithmetic is in 64 bits, signs and sizes are C's, and printf() cuts each value to its type. */
BEGIN
{
	i = -7;
	j = 2;
	printf("%d %d %d %d\n", -7 / 2, 7 / -2, -7 % 2, 7 % -2);
	printf("%d %d %d\n", i / j, i % j, (unsigned)i % j);
	printf("%d %d %d\n", -8 >> 1, (unsigned)-8 >> 1, i >> 1);
	printf("%d %d %x %x\n", 1 << 31, 1 << 32, 1 << 63, 1LL << 63);
	printf("%d %d %d\n", ~5, !5, -(-5));
	printf("%d %d %d\n", 2147483647 + 1, 0x7fffffffffffffff, -2147483648);
	printf("%u %d\n", 0xffffffffffffffff, 4294967295);
	u = (unsigned int)5;
	printf("%d %d %d\n", u - 10, u > -10, (i + u) / 2);
	c = (char)127;
	c++;
	printf("%d %d %d\n", c, (char)300, (uint8_t)-1);
	m = (long long)1 << 63;
	n = -1;
	printf("%d %d\n", m / n, m % n);
	printf("%d %d %d %d\n", 2 + 3 * 4, 1 << 2 + 1, 6 & 3 == 3, 1 | 2 ^ 3 & 5);
	printf("%d %d\n", 5 > 3 > 1, 1 ? 2 : 3 ? 4 : 5);
	k = 5;
	printf("%d %d %d %d\n", k++, ++k, k--, --k);
}
