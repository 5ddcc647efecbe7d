BEGIN { this->x = index("a"); }
