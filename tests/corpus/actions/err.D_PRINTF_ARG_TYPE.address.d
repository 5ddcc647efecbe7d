BEGIN { printf("%a", "malloc"); }
