BEGIN { printf("%s", pid); }
