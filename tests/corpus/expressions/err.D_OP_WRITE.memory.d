BEGIN { *(int *)arg0 = 2; }
