BEGIN { this->x = progenyof(); }
