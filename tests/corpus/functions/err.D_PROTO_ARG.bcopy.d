BEGIN { this->x = bcopy(1, 2, 3); }
