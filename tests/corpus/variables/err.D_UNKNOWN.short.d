short long x; BEGIN
