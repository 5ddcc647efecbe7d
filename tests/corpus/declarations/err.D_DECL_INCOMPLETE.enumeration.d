enum nosuch x; BEGIN
