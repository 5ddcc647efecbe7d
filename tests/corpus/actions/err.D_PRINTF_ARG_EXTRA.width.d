BEGIN { printf("%5d", 5, 1); }
