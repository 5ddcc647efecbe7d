BEGIN { @a = lquantize(1, 2, 3, pid); }
