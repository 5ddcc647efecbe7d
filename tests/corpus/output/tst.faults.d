/* ERROR has of each fault the clause, the action (0 the predicate), the kind and the address; tracing goes on. */
BEGIN { bcopy("abc", (void *)0x10, 4); }
BEGIN { this->p = alloca(8); bcopy((void *)0x14, this->p, 4); }
BEGIN { @[*(int *)0x18] = count(); }
BEGIN / *(int *)0x1c == 0/ { printf("no\n"); }
BEGIN { printf("a %d %d\n", 5, *(int *)0x20); }
BEGIN { self->x = *(int *)0x24; }
BEGIN { printf("%s\n", stringof((char *)0x28)); }
BEGIN { printf("%d\n", strlen((char *)0x2c)); }
BEGIN { printf("%s\n", strjoin((char *)0x30, "x")); }
BEGIN { printf("%s\n", substr((char *)0x38, 1)); }
BEGIN { zero = 0; printf("%d\n", 1 / zero); }
BEGIN { printf("%d\n", 1 % zero); }
BEGIN { trace(lltostr(5, 99)); }
BEGIN { tracemem(0x5c, 8); }
BEGIN { x = (int *)NULL; y = *x; trace(y); }
BEGIN { trace(*(int *)0x61); }
BEGIN { printf("%s\n", strchr("abc", 'z')); }
ERROR { printf("%d: action %d, fault %d, address %x\n", arg1, arg2, arg4, arg5); }
BEGIN { exit(0); }
END { printf("still here\n"); }
