short char x; BEGIN
