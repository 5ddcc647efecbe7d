BEGIN { this->x = copyin("x", 4); }
