struct s { static int x; }; BEGIN
