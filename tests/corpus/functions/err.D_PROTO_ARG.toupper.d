BEGIN { this->x = toupper(1); }
