/* A bad address or a division by zero ends the clause without a record; the next clause runs. */
BEGIN { this->zero = 0; trace(1 / this->zero); }
BEGIN { trace(*(int *)4); }
BEGIN { trace(*(int *)0xc0400001); }
BEGIN { trace("alive"); }
