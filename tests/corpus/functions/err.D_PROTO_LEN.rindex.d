BEGIN { this->x = rindex("a"); }
