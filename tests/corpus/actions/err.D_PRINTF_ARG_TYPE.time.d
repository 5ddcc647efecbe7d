BEGIN { printf("%Y", pid); }
