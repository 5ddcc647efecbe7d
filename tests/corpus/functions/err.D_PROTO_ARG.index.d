BEGIN { this->x = index("a", 1); }
