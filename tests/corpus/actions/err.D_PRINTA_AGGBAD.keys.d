BEGIN { printa(@none["x"]); }
