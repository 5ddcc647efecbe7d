struct s { int a[3]; }; struct s x; BEGIN { y = x.a; }
