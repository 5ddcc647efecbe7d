enum { A }; int A; BEGIN
