#line nowhere
BEGIN { trace(1); }
