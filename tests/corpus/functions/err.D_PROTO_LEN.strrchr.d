BEGIN { this->x = strrchr("a"); }
