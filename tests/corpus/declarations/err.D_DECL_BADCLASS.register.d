register int x; BEGIN
