struct s { int : 3; }; BEGIN
