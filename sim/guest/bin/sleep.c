/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sleep: do nothing for a time in seconds, with decimals.
 * A malformed time prints the usage.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void
usage(void)
{
	fprintf(stderr, "usage: sleep seconds\n");
	exit(1);
}

int
main(int argc, char **argv)
{
	struct timespec wanted = { 0, 0 };
	long digit = 100000000;
	char *end;

	if (argc != 2 || (!isdigit((unsigned char)argv[1][0]) && argv[1][0] != '.'))
		usage();
	wanted.tv_sec = strtoll(argv[1], &end, 10);
	if (*end == '.')
		for (end++; isdigit((unsigned char)*end); end++, digit /= 10)
			wanted.tv_nsec += digit * (*end - '0');
	if (*end != '\0')
		usage();
	while (nanosleep(&wanted, &wanted) == -1)
		;
	return (0);
}
