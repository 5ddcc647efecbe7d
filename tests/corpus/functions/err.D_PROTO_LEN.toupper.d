BEGIN { this->x = toupper(); }
