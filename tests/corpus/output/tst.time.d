/* %Y is a date of nanoseconds since 1970. */
BEGIN
{
	printf("%Y\n", 0LL);
	printf("%Y\n", 1425254400000000000);
	exit(0);
}
