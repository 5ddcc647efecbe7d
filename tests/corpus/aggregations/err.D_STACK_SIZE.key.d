BEGIN { @a[stack(0)] = count(); }
