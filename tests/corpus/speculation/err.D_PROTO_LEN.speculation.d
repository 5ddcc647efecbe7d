BEGIN { self->s = speculation(1); }
