BEGIN { this->x = memref(1, 2); }
