BEGIN { printa("%@d", 7); }
