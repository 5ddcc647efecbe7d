userland int *p; BEGIN
