void x; BEGIN
