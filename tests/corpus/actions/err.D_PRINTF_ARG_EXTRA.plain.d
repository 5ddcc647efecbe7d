BEGIN { printf("none", 1); }
