BEGIN { @a[stack()] = count(); printa("%s %@d", @a); }
