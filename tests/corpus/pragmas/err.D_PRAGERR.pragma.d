#pragma D error not on this machine
BEGIN { trace(1); }
