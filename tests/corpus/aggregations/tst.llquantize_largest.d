/* A highest magnitude whose end is beyond 64 bits counts the largest numbers too, each in its step. */
BEGIN
{
	@ten = llquantize(5, 10, 0, 18, 10);
	@ten = llquantize(1000000000000000000, 10, 0, 18, 10);
	@ten = llquantize(9223372036854775807, 10, 0, 18, 10);
	@ten = llquantize(-1, 10, 0, 18, 10);
	@two = llquantize(9223372036854775807, 2, 60, 63, 8);
	@two = llquantize(4611686018427387904, 2, 60, 63, 8);
	@two = llquantize(1, 2, 60, 63, 8);
}
