inline int f[int n] = n;
BEGIN { trace(n); }
