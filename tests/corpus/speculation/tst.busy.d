/* A speculation discarded with records is free at once; without any it is busy until it is cleaned. */
BEGIN { self->a = speculation(); }
BEGIN { speculate(self->a); trace("lost"); }
BEGIN { discard(self->a); }
BEGIN { self->b = speculation(); trace(self->b); }
BEGIN { discard(self->b); }
BEGIN { trace(speculation()); }
BEGIN { speculate(self->b); trace("busy"); }
