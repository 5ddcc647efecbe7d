BEGIN { printf(1, 2); }
