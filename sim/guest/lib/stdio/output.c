/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writing text and blocks to streams, and perror().
 * All of it goes through stream_write().
 */
#include <errno.h>
#include <string.h>

#include "local.h"

size_t
fwrite(const void *restrict block, size_t width, size_t n, FILE *restrict f)
{
	return (width == 0 ? 0 : stream_write(f, block, width * n) / width);
}

int
fputs(const char *restrict s, FILE *restrict f)
{
	size_t n = strlen(s);

	return (stream_write(f, s, n) == n ? 0 : EOF);
}

int
puts(const char *s)
{
	return (fputs(s, stdout) == EOF ? EOF : fputc('\n', stdout));
}

int
fputc(int c, FILE *f)
{
	char byte = c;

	return (stream_write(f, &byte, 1) == 1 ? (unsigned char)byte : EOF);
}

int
putchar(int c)
{
	return (fputc(c, stdout));
}

void
perror(const char *s)
{
	const char *reason = strerror(errno);

	if (s != NULL && *s != '\0')
		fprintf(stderr, "%s: ", s);
	fprintf(stderr, "%s\n", reason);
}
