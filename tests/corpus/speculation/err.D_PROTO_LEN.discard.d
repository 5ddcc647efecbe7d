BEGIN { discard(); }
