BEGIN { *(int *)8 = 1; }
