BEGIN { trace(nosuch`ticks); }
