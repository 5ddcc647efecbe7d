BEGIN { @a[pid] = min(1); } END { @a[pid] = max(1); }
