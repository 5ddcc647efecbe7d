BEGIN { this->x = strlen(); }
