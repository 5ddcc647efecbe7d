BEGIN { this->id = speculation(); }
