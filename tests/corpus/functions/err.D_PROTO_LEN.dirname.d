BEGIN { this->x = dirname("a", "b"); }
