/* A clause that faults while it speculates leaves nothing there; what other clauses left is committed. */
BEGIN { self->a = speculation(); self->zero = 0; }
BEGIN { speculate(self->a); trace("first"); }
BEGIN { speculate(self->a); trace(1 / self->zero); }
BEGIN { speculate(self->a); trace("last"); }
BEGIN { trace("before"); }
BEGIN { commit(self->a); }
BEGIN { trace(speculation()); }
