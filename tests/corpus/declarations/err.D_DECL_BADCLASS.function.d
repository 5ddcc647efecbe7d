self int f(int); BEGIN
