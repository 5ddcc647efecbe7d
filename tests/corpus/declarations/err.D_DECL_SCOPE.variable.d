int kernel`x; BEGIN
