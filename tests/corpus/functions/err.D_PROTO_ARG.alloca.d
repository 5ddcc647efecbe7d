BEGIN { this->x = alloca("x"); }
