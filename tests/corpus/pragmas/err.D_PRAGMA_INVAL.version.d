#pragma D binding "one" x
int x;
BEGIN { x = 1; }
