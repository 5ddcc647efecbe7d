BEGIN { printf("%x", curthread); }
