/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * strdup: a copy of a string in memory of its own.
 * Apart from the other string functions because rtld, which has no malloc, shares those.
 */
#include <stdlib.h>
#include <string.h>

char *
strdup(const char *s)
{
	size_t size = strlen(s) + 1;
	char *copy = malloc(size);

	return (copy == NULL ? NULL : memcpy(copy, s, size));
}
