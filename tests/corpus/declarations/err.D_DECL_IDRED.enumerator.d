int A; enum { A }; BEGIN
