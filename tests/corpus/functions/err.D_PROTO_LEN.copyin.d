BEGIN { this->x = copyin(1); }
