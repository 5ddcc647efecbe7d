BEGIN { this->x = strjoin("a", "b", "c"); }
