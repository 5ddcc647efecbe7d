BEGIN { this->x = strstr(1, "a"); }
