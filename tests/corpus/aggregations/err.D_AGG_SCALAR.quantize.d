BEGIN { @a = quantize(execname); }
