/* printf's string conversions: width, precision, escapes. */
BEGIN
{
	printf("[%s] [%10s] [%-10s] [%.3s] [%6.2s]\n", "word", "word", "word", "word", "word");
	printf("%s\n", "");
	printf("%S\n", "tab\there");
	printf("%s %s\n", probename, probeprov);
	printf("%C %C\n", 'a', '\n');
	printf("no newline");
	printf("\n");
	exit(0);
}
