BEGIN { @a = llquantize(1, 10, 0, 100000, 20); }
