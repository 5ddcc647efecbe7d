long pid_t x; BEGIN
