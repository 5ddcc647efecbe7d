BEGIN { this->x = strtok("a"); }
