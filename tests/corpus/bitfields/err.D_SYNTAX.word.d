struct s { int; }; BEGIN
