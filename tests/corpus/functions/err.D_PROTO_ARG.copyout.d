BEGIN { this->x = copyout(1, 2, 3); }
