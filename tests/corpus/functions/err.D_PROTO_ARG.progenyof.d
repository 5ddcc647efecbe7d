BEGIN { this->x = progenyof("x"); }
