BEGIN { this->x = inet_ntop(2); }
