BEGIN { this->x = strchr("a"); }
