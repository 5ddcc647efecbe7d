BEGIN { printf("%f", pid); }
