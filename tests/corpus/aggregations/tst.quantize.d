/* quantize counts powers of two, lquantize steps of a range; shown are the buckets that are not empty. */
BEGIN
{
	@q = quantize(0);
	@q = quantize(1);
	@q = quantize(7);
	@q = quantize(-4);
	@l = lquantize(-1, 0, 10, 5);
	@l = lquantize(4, 0, 10, 5);
	@l = lquantize(5, 0, 10, 5);
	@l = lquantize(10, 0, 10, 5);
	@l = lquantize(99, 0, 10, 5);
}
