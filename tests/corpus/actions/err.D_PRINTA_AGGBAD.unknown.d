BEGIN { printa("%@d", @none); }
