struct s; struct s x; BEGIN
