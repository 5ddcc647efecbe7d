BEGIN { this->x = substr("a"); }
