long void *x; BEGIN
