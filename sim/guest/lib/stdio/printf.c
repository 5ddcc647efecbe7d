/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The printf family over format(): one sink writes to a stream, the other fills a buffer.
 * Output to an unbuffered stream is collected first, so that a message is one write(2).
 */
#include <limits.h>
#include <string.h>

#include "format.h"
#include "local.h"

struct stream_sink {
	struct sink sink;
	FILE *file;
	int failed;
	size_t held;		/* bytes waiting in the small buffer of an unbuffered stream */
	char buffer[256];
};

struct text_sink {
	struct sink sink;
	char *text;
	size_t size;
};

static void
stream_release(struct stream_sink *to)
{
	if (to->held > 0 && stream_write(to->file, to->buffer, to->held) != to->held)
		to->failed = 1;
	to->held = 0;
}

static void
put_stream(struct sink *sink, const char *p, size_t n)
{
	struct stream_sink *to = (struct stream_sink *)sink;

	sink->total += n;
	if ((to->file->flags & SF_UNBUFFERED) != 0 && n <= sizeof(to->buffer)) {
		if (to->held + n > sizeof(to->buffer))
			stream_release(to);
		memcpy(to->buffer + to->held, p, n);
		to->held += n;
		return;
	}
	stream_release(to);
	if (stream_write(to->file, p, n) != n)
		to->failed = 1;
}

static void
put_buffer(struct sink *sink, const char *p, size_t n)
{
	struct text_sink *to = (struct text_sink *)sink;
	size_t room = to->size > sink->total ? to->size - sink->total : 0;

	memcpy(to->text + sink->total, p, n < room ? n : room);
	sink->total += n;
}

int
vfprintf(FILE *restrict f, const char *restrict fmt, va_list ap)
{
	struct stream_sink to;

	to.sink = (struct sink){ put_stream, 0 };
	to.file = f;
	to.failed = 0;
	to.held = 0;
	format(&to.sink, fmt, ap);
	stream_release(&to);
	return (to.failed ? -1 : (int)to.sink.total);
}

int
vsnprintf(char *restrict text, size_t size, const char *restrict fmt, va_list ap)
{
	struct text_sink to = { { put_buffer, 0 }, text, size == 0 ? 0 : size - 1 };

	format(&to.sink, fmt, ap);
	if (size > 0)
		text[to.sink.total < size - 1 ? to.sink.total : size - 1] = '\0';
	return (to.sink.total);
}

int
vprintf(const char *restrict fmt, va_list ap)
{
	return (vfprintf(stdout, fmt, ap));
}

int
printf(const char *restrict fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vfprintf(stdout, fmt, ap);
	va_end(ap);
	return (n);
}

int
fprintf(FILE *restrict f, const char *restrict fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vfprintf(f, fmt, ap);
	va_end(ap);
	return (n);
}

int
snprintf(char *restrict text, size_t size, const char *restrict fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, size, fmt, ap);
	va_end(ap);
	return (n);
}

int
sprintf(char *restrict text, const char *restrict fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, INT_MAX, fmt, ap);
	va_end(ap);
	return (n);
}
