int pid; BEGIN
