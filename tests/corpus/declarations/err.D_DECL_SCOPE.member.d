struct s { int kernel`x; }; BEGIN
