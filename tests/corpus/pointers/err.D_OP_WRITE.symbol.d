BEGIN { `ticks = 1; }
