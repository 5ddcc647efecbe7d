BEGIN { speculate(1); self->x = 1 ? (copyoutstr("x", 1, 2), 1) : 2; }
