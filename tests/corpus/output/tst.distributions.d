/* Distributions with values below zero, outside of the range, and with increments of both signs. */
BEGIN
{
	@a = lquantize(-7, -20, 20, 5);
	@a = lquantize(7, -20, 20, 5);
	@a = lquantize(-20, -20, 20, 5);
	@a = lquantize(-21, -20, 20, 5);
	@a = lquantize(20, -20, 20, 5);
	@b = lquantize(10, 0, 10);
	@c = quantize(-1);
	@c = quantize(-5);
	@c = quantize(0);
	@c = quantize(100);
	@d = quantize(5, -3);
	@d = quantize(10, 4);
	@e = quantize(5, -3);
	@f = quantize(1, 0);
	@g = llquantize(5, 4, 0, 2, 16);
	@g = llquantize(50, 4, 0, 2, 16, 3);
	@g = llquantize(255, 4, 0, 2, 16);
	@h = llquantize(5, 2, 3, 6, 8);
	@h = llquantize(50, 2, 3, 6, 8);
	@h = llquantize(1000, 2, 3, 6, 8);
	@i = lquantize(5, 0, 10, 2, -3);
	@i = lquantize(9, 0, 10, 2, 3);
}
