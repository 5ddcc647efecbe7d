BEGIN { trace(1q); }
