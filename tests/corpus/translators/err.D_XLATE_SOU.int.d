translator int < int N > { };
BEGIN { }
