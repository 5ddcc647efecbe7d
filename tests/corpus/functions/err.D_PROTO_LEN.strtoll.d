BEGIN { this->x = strtoll(); }
