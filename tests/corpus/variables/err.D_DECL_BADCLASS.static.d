static int x; BEGIN
