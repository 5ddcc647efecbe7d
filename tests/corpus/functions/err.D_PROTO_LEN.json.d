BEGIN { this->x = json("{}"); }
