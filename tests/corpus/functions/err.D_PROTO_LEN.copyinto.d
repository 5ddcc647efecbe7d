BEGIN { this->x = copyinto(1, 2); }
