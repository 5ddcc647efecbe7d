BEGIN { this->x = tolower(1, 2); }
