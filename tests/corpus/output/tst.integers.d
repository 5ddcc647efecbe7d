/* printf's integer conversions with flags, width and precision. */
BEGIN
{
	printf("%d %i %u %o %x %X %c\n", -5, 5, 7, 8, 255, 255, 'z');
	printf("[%5d] [%-5d] [%05d] [%+d] [% d] [%.3d] [%8.3d]\n", 42, 42, 42, 42, 42, 7, 7);
	printf("%#x %#X %#o %#x\n", 255, 255, 8, 0);
	printf("%hd %d %ld %lld %hx %llx\n", (short)-1, (char)-1, (long)-1, -1LL, (short)-1, -1LL);
	printf("%d %u\n", (uint32_t)-1, (int)-1);
	printf("%d %u %x\n", (char)-1, (uint8_t)255, (char)-1);
	printf("%*d|%-*d|%.*d\n", 6, 1, 6, 2, 3, 3);
	printf("%p %p\n", (void *)0xc0301000, 0x10);
	printf("100%%\n");
	printf("%5c|%-5c|\n", 'a', 'b');
	printf("%'d %'d\n", 1234567, -12);
	exit(0);
}
