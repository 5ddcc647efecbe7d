int f(void x); BEGIN
