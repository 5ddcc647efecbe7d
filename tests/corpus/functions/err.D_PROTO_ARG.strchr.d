BEGIN { this->x = strchr("a", "b"); }
