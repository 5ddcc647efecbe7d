auto int x; BEGIN
