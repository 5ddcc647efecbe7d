extern void x; BEGIN
