int char x; BEGIN
