BEGIN { if (1) trace(nosuch); }
