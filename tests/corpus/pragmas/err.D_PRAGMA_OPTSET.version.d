#pragma D option version=99.1
BEGIN { trace(1); }
