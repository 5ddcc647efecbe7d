struct { int a; }; BEGIN
