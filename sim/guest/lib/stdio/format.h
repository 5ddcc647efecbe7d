/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The formatter behind the printf family: it hands finished pieces of text to a sink.
 * Conversions: d i u o x X c s p % (n is refused); flags - + space # 0, width, precision, hh h l ll j z t q.
 */
#ifndef STDIO_FORMAT_H
#define STDIO_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

struct sink {
	void (*put)(struct sink *, const char *, size_t);
	size_t total;	/* bytes handed out so far: the sink's put adds them */
};

__attribute__((visibility("hidden"))) void format(struct sink *, const char *, va_list);

#endif
