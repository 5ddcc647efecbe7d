/* Inline arrays are functions of their parameters. */
inline int twice[int n] = n * 2;
inline string choose[int n, string one, string two] = n ? one : two;
inline int both[int a, int b] = twice[a] + twice[b];
BEGIN { self->x = 20; trace(twice[21]); trace(twice[self->x + 1]); trace(choose[0, "yes", "no"]); trace(choose[1, "yes", "no"]); trace(both[1, 2]); }
