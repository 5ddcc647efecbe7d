BEGIN { this->x = memstr(curthread, 1); }
