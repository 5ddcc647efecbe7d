#pragma D depends_on provider
BEGIN { trace(1); }
