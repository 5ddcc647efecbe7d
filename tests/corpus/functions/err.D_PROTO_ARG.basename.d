BEGIN { this->x = basename(1); }
