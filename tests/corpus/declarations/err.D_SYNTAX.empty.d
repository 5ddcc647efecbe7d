struct s { }; BEGIN
