/* String subroutines. */
BEGIN
{
	trace(strlen("hello"));
	trace(strlen(""));
	trace(strjoin("ab", "cd"));
	trace(substr("hello", 1));
	trace(substr("hello", 1, 3));
	trace(substr("hello", -3));
	trace(substr("hello", -3, 2));
	trace(substr("hello", 1, -1));
	trace(substr("hello", 10));
	trace(index("hello", "l"));
	trace(rindex("hello", "l"));
	trace(index("hello", "l", 3));
	trace(index("hello", "z"));
	trace(strchr("hello", 'l'));
	trace(strrchr("hello", 'l'));
	trace(strstr("hello", "ell"));
	trace(strstr("hello", "x") == 0);
	trace(toupper("MiXed 1"));
	trace(tolower("MiXed 1"));
	trace(basename("/usr/bin/dd"));
	trace(basename("/usr/bin/"));
	trace(dirname("/usr/bin/dd"));
	trace(dirname("dd"));
	trace(dirname("/dd"));
	trace(strlen(strjoin(execname, strjoin("-", lltostr(pid)))));
}
