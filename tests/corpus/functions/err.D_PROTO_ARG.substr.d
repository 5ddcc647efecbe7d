BEGIN { this->x = substr("a", "b"); }
