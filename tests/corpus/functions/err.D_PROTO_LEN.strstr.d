BEGIN { this->x = strstr("a"); }
