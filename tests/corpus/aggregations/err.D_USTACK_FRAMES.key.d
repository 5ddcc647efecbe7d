BEGIN { @a[ustack(pid)] = count(); }
