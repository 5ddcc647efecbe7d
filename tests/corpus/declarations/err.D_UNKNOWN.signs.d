signed unsigned x; BEGIN
