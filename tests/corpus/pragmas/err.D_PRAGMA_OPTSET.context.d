#pragma D option define=X
BEGIN { trace(1); }
