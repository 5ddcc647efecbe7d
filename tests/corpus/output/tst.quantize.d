/* quantize, lquantize and llquantize draw histograms; an increment counts a value several times. */
BEGIN
{
	@q = quantize(1);
	@q = quantize(100);
	@q = quantize(120, 3);
	@q = quantize(-5);
	@l = lquantize(-1, 0, 100, 10);
	@l = lquantize(55, 0, 100, 10, 4);
	@l = lquantize(42, 0, 100, 10);
	@l = lquantize(100, 0, 100, 10);
	@ll = llquantize(1, 10, 0, 6, 20);
	@ll = llquantize(34, 10, 0, 6, 20);
	@ll = llquantize(5123, 10, 0, 6, 20, 2);
	@ll = llquantize(99999999, 10, 0, 6, 20);
	exit(0);
}
