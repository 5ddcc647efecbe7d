BEGIN { trace((int)bcopy(0, 0, 0)); }
