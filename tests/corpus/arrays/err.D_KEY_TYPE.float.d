float f; BEGIN { x[f] = 1; }
