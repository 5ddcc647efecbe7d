BEGIN { @a = stddev(); }
