BEGIN { mod("kernel"); }
