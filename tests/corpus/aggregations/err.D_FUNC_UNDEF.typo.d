BEGIN { @a = quantise(1); }
