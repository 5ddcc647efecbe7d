BEGIN { @a = count(); (void)@a; }
