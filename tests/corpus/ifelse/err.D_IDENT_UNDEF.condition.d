BEGIN { if (nosuch) trace(1); }
