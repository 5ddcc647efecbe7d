BEGIN { this->x = mutex_owned(); }
