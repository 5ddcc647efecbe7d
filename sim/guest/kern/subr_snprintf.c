/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * printf into a buffer: always ended by a NUL, the result is the length there would have been.
 */
#include <sys/systm.h>

struct snprintf_arg {
	char	*str;
	size_t	remain;
};

void
snprintf_put(int c, void *arg)
{
	struct snprintf_arg *info = arg;

	if (info->remain >= 2) {
		*info->str++ = (char)c;
		info->remain--;
	}
}

int
vsnprintf(char *buf, size_t size, const char *fmt, va_list ap)
{
	struct snprintf_arg info = { buf, size };
	int n;

	n = kvprintf(fmt, snprintf_put, &info, ap);
	if (info.remain >= 1)
		*info.str = '\0';
	return (n);
}

int
snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(buf, size, fmt, ap);
	va_end(ap);
	return (n);
}

/* The caller vouches for the size of buf. */
int
sprintf(char *buf, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(buf, 0x7fffffff, fmt, ap);
	va_end(ap);
	return (n);
}
