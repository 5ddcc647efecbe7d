BEGIN { this->x = rand(1); }
