BEGIN { @a = lquantize(1, "x", 2); }
