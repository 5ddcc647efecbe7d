BEGIN { this->x = alloca(); }
