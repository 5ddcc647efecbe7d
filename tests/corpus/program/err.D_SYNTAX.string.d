"A", "B");
BEGIN { }
