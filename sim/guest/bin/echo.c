/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * echo: write the arguments, separated by spaces; -n leaves the newline out.
 * Everything goes out in one write(2).
 */
#include <stdio.h>
#include <string.h>

int
main(int argc, char **argv)
{
	int first = 1, i;

	if (argc > 1 && strcmp(argv[1], "-n") == 0)
		first = 2;
	for (i = first; i < argc; i++)
		printf("%s%s", argv[i], i + 1 < argc ? " " : "");
	if (first == 1)
		putchar('\n');
	return (fflush(stdout) == 0 ? 0 : 1);
}
