long float x; BEGIN
