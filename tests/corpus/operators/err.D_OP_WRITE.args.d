BEGIN { uregs[0] = 1; }
