provider nosuch { probe p(int); };
nosuch:::q { }
