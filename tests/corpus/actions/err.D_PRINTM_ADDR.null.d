BEGIN { printm(8, 0); }
