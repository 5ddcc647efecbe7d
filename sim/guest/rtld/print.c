/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The run-time linker's messages: %s and %d only, one write(2) each.
 * rtld_die() ends the program with status 1, before any of its code has run.
 */
#include "rtld.h"

#include <string.h>
#include <unistd.h>

#define LINE_BYTES 512

struct line {
	char text[LINE_BYTES];
	size_t used;
};

static void
put_string(struct line *line, const char *s)
{
	while (*s != '\0' && line->used < sizeof(line->text) - 1)
		line->text[line->used++] = *s++;
}

static void
put_decimal(struct line *line, unsigned int value)
{
	char text[12], *p = text + sizeof(text) - 1;

	*p = '\0';
	do
		*--p = '0' + value % 10;
	while ((value /= 10) != 0);
	put_string(line, p);
}

static void
line_format(struct line *line, const char *fmt, va_list ap)
{
	for (; *fmt != '\0'; fmt++) {
		char one[2] = { *fmt, '\0' };

		if (*fmt != '%' || fmt[1] == '\0') {
			put_string(line, one);
			continue;
		}
		fmt++;
		if (*fmt == 's')
			put_string(line, va_arg(ap, const char *));
		else
			put_decimal(line, va_arg(ap, unsigned int));
	}
}

void
rtld_die(const char *fmt, ...)
{
	struct line line = { .used = 0 };
	va_list ap;

	put_string(&line, "ld-elf.so.1: ");
	va_start(ap, fmt);
	line_format(&line, fmt, ap);
	va_end(ap);
	put_string(&line, "\n");
	write(STDERR_FILENO, line.text, line.used);
	_exit(1);
}
