BEGIN { @a = lquantize(1, pid, 2); }
