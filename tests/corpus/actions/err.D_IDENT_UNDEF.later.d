BEGIN { printa(@a); } END { @a = count(); }
