BEGIN { this->x = strtoll(1); }
