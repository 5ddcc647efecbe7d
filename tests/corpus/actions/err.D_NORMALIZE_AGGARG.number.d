BEGIN { @a = count(); normalize(1, 2); }
