unsigned double x; BEGIN
