int; BEGIN
