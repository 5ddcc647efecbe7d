/* The last argument of the quantizing functions says how often the value counts. */
BEGIN
{
	@q["k"] = quantize(9, 5);
	@q["k"] = quantize(9, -2);
	@q["k"] = quantize(9);
	@l[1, 2] = lquantize(3, 0, 10, 2, 7);
	@ll = llquantize(1, 10, 0, 6, 20, 3);
	@ll = llquantize(999, 10, 0, 6, 20, 4);
	@ll = llquantize(0, 10, 0, 6, 20);
	@ll = llquantize(10000000, 10, 0, 6, 20);
}
