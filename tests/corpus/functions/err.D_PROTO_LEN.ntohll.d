BEGIN { this->x = ntohll(1, 2); }
