unsigned void *x; BEGIN
