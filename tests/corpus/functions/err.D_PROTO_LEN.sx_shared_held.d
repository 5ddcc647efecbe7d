BEGIN { this->x = sx_shared_held(); }
