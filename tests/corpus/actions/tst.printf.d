/* printf takes one argument for each conversion. */
BEGIN
{
	printf("plain 100%%\n");
	printf("%d %s %x %c\n", -1, execname, 255, 'A');
	printf("%5d|%-5d|%05d|%.2s\n", 42, 42, 42, "abcdef");
	printf("%*d\n", 6, 7);
	printf("%lld %u\n", 1LL << 40, 7);
	printf("%#x\n", (uint8_t)-1);
}
