BEGIN { this->x = basename(); }
