/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hello: one line on standard output.
 * The example program of the first lab.
 */
#include <stdio.h>

int
main(void)
{
	puts("Hello, world!");
	return (0);
}
