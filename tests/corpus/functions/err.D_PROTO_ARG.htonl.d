BEGIN { this->x = htonl("x"); }
