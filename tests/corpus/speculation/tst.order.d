/* Records of a speculation appear where it is committed, in the order they were made; after that it is closed. */
#pragma D option nspec=2
BEGIN { self->a = speculation(); self->b = speculation(); }
BEGIN { speculate(self->b); trace("b1"); }
BEGIN { speculate(self->a); trace("a1"); }
BEGIN { trace("plain"); }
BEGIN { speculate(self->a); }
BEGIN { speculate(self->b); printf("b2 %d", self->b); }
BEGIN { commit(self->a); }
BEGIN { speculate(self->a); trace("a2"); }
BEGIN { commit(self->b); }
BEGIN { commit(self->b); }
