BEGIN { this->x = copyoutstr("x"); }
