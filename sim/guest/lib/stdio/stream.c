/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The streams: a fixed table whose first three are the standard ones.  Output collects in
 * the buffer until it is full, a terminal's line ends, or the stream is flushed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "local.h"

struct __sFILE streams[STREAMS_MAX] = {
	{ .fd = STDIN_FILENO, .flags = SF_OPEN },
	{ .fd = STDOUT_FILENO, .flags = SF_OPEN },
	{ .fd = STDERR_FILENO, .flags = SF_OPEN | SF_UNBUFFERED },
};

FILE *stdin = &streams[0];
FILE *stdout = &streams[1];
FILE *stderr = &streams[2];

/* Allocate the buffer at first use; a stream that gets none is unbuffered. */
static void
stream_prepare(FILE *f)
{
	int saved = errno;
	struct stat st;

	if (f->buffer != NULL || (f->flags & SF_UNBUFFERED) != 0)
		return;
	f->size = BUFSIZ;
	if (fstat(f->fd, &st) == 0) {
		if (st.st_blksize > BUFSIZ && st.st_blksize <= 65536)
			f->size = st.st_blksize;
		if (S_ISCHR(st.st_mode) && isatty(f->fd))
			f->flags |= SF_LINE;
	}
	f->buffer = malloc(f->size);
	if (f->buffer == NULL)
		f->flags |= SF_UNBUFFERED;
	errno = saved;
}

static bool
write_all(FILE *f, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(f->fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			f->flags |= SF_ERROR;
			return (false);
		}
		p += done;
		n -= done;
	}
	return (true);
}

static int
stream_flush(FILE *f)
{
	size_t n = f->used;

	if ((f->flags & SF_READ) != 0 || n == 0)
		return (0);
	f->used = 0;
	return (write_all(f, f->buffer, n) ? 0 : EOF);
}

/* Write n bytes to the stream and return how many were taken. */
size_t
stream_write(FILE *f, const char *p, size_t n)
{
	size_t left, room;

	stream_prepare(f);
	f->flags &= ~SF_READ;
	if ((f->flags & SF_UNBUFFERED) != 0)
		return (write_all(f, p, n) ? n : 0);
	for (left = n; left > 0; left -= room, p += room) {
		room = f->size - f->used < left ? f->size - f->used : left;
		memcpy(f->buffer + f->used, p, room);
		f->used += room;
		if (f->used == f->size && stream_flush(f) == EOF)
			return (n - left);
	}
	if ((f->flags & SF_LINE) != 0 && memchr(p - n, '\n', n) != NULL)
		stream_flush(f);
	return (n);
}

/* Flush one stream, or all of them for NULL. */
int
fflush(FILE *f)
{
	int i, result = 0;

	if (f != NULL)
		return (stream_flush(f));
	for (i = 0; i < STREAMS_MAX; i++)
		if ((streams[i].flags & SF_OPEN) != 0 && stream_flush(&streams[i]) == EOF)
			result = EOF;
	return (result);
}

static int
mode_flags(const char *mode)
{
	bool plus = strchr(mode, '+') != NULL;

	switch (mode[0]) {
	case 'r':
		return (plus ? O_RDWR : O_RDONLY);
	case 'w':
		return ((plus ? O_RDWR : O_WRONLY) | O_CREAT | O_TRUNC);
	case 'a':
		return ((plus ? O_RDWR : O_WRONLY) | O_CREAT | O_APPEND);
	default:
		errno = EINVAL;
		return (-1);
	}
}

FILE *
fopen(const char *restrict path, const char *restrict mode)
{
	int flags = mode_flags(mode), fd, i;

	if (flags == -1)
		return (NULL);
	for (i = 0; i < STREAMS_MAX && (streams[i].flags & SF_OPEN) != 0; i++)
		;
	if (i == STREAMS_MAX) {
		errno = EMFILE;
		return (NULL);
	}
	fd = open(path, flags, 0666);
	if (fd == -1)
		return (NULL);
	streams[i] = (struct __sFILE){ .fd = fd, .flags = SF_OPEN };
	return (&streams[i]);
}

int
fclose(FILE *f)
{
	int flushed = stream_flush(f), closed = close(f->fd);

	free(f->buffer);
	*f = (struct __sFILE){ .fd = -1 };
	return (flushed == 0 && closed == 0 ? 0 : EOF);
}

int
feof(FILE *f)
{
	return ((f->flags & SF_EOF) != 0);
}

int
ferror(FILE *f)
{
	return ((f->flags & SF_ERROR) != 0);
}

int
fileno(FILE *f)
{
	return (f->fd);
}
