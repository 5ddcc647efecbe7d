struct s { struct t x; }; BEGIN
