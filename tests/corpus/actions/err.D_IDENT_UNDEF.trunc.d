BEGIN { trunc(@none, 2); }
