#pragma D depends_on weather sunny
BEGIN { trace(1); }
