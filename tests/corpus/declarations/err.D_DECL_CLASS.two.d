extern self int x; BEGIN
