BEGIN { this->x = memstr(1, 2, 3); }
