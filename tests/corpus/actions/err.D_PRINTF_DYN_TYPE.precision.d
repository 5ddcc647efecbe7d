BEGIN { printf("%.*s", "x", "y"); }
