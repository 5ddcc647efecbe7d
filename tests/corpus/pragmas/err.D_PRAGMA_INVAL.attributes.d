#pragma D attributes Solid/Stable/Common x
int x;
BEGIN { x = 1; }
