BEGIN { this->x = copyinstr(execname); }
