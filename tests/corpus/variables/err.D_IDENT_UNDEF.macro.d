BEGIN { trace(sid); }
