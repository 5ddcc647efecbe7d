/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading from streams.  Output still in the buffer of the same stream is flushed first; the
 * end of the file and errors stay on the stream.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "local.h"

static int
stream_fill(FILE *f)
{
	ssize_t n;

	fflush(f);
	if (f->buffer == NULL && (f->buffer = malloc(f->size = BUFSIZ)) == NULL) {
		f->flags |= SF_ERROR;
		return (EOF);
	}
	f->flags |= SF_READ;
	f->used = f->next = 0;
	do
		n = read(f->fd, f->buffer, f->size);
	while (n < 0 && errno == EINTR);
	if (n <= 0) {
		f->flags |= n == 0 ? SF_EOF : SF_ERROR;
		return (EOF);
	}
	f->used = n;
	return (0);
}

int
fgetc(FILE *f)
{
	if ((f->flags & SF_READ) == 0 || f->next == f->used)
		if (stream_fill(f) == EOF)
			return (EOF);
	return ((unsigned char)f->buffer[f->next++]);
}

int
getchar(void)
{
	return (fgetc(stdin));
}

char *
fgets(char *restrict line, int size, FILE *restrict f)
{
	int c = 0, n = 0;

	while (n < size - 1 && c != '\n') {
		c = fgetc(f);
		if (c == EOF)
			break;
		line[n++] = c;
	}
	if (n == 0)
		return (NULL);
	line[n] = '\0';
	return (line);
}

size_t
fread(void *restrict block, size_t width, size_t n, FILE *restrict f)
{
	size_t bytes = width * n, done;
	char *p = block;
	int c;

	for (done = 0; done < bytes && (c = fgetc(f)) != EOF; done++)
		p[done] = c;
	return (width == 0 ? 0 : done / width);
}
