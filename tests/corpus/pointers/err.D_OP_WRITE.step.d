BEGIN { `ticks++; }
