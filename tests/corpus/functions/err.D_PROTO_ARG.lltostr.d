BEGIN { this->x = lltostr("a"); }
