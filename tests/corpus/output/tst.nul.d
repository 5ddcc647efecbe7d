/* Text ends at a NUL, whether it is a format, a constant or a variable's. */
BEGIN
{
	printf("one\0two");
	printf("\n");
	x = "three\0four";
	printf("%s %s %d\n", x, "five\0six", strlen("seven\0"));
	@["eight\0nine"] = count();
	printa("%s %@d\n\0%d", @);
}
