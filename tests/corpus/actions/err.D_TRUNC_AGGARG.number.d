BEGIN { @a = count(); trunc(1, 2); }
