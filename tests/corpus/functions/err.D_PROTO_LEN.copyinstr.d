BEGIN { this->x = copyinstr(); }
