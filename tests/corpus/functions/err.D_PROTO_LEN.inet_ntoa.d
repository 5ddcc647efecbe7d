BEGIN { this->x = inet_ntoa(); }
