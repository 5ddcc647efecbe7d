BEGIN { @a[1] = count(); print(@a); }
