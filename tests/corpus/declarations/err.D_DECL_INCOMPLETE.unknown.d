struct nosuch x; BEGIN
