12malloc { trace(1); }
