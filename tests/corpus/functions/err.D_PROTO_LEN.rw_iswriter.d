BEGIN { this->x = rw_iswriter(); }
