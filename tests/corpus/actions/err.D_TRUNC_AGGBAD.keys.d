BEGIN { trunc(@none[1], 2); }
