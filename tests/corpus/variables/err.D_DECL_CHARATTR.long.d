long char x; BEGIN
