struct s { int x[int]; }; BEGIN
