BEGIN { this->x = json("x", 1); }
