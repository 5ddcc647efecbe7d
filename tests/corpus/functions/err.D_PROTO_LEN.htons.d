BEGIN { this->x = htons(); }
