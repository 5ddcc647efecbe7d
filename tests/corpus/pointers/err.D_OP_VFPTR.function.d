int (*p)(int); BEGIN { trace(p++); }
