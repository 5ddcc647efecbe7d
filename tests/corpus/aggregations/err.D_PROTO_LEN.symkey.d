BEGIN { @a[sym()] = count(); }
