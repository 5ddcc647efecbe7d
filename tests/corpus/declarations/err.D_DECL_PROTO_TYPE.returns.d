typedef int t[3]; t f(int); BEGIN
