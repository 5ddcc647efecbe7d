BEGIN { this->x = strtok(5, "a"); }
