BEGIN { this->x = cleanpath(); }
