BEGIN { printf("%c", "x"); }
