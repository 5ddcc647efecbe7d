BEGIN { this->x = lltostr(); }
