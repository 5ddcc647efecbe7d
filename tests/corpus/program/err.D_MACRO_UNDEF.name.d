BEGIN { trace($nonsense); }
