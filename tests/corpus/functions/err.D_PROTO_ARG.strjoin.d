BEGIN { this->x = strjoin("a", 1); }
