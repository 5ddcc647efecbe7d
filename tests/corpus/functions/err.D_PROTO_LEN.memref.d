BEGIN { this->x = memref(curthread); }
