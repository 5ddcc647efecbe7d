int x; extern int x; BEGIN
