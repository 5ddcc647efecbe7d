BEGIN { trace(uregs[17]); }
