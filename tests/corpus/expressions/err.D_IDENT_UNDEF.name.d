BEGIN { trace(execnme); }
