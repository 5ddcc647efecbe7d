#pragma D binding "1.0" nobody
BEGIN { trace(1); }
