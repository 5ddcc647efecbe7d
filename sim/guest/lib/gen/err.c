/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages on standard error in the form `program: text: reason`, and the program's name in them.
 * err() and errx() end the program through exit(), so that its atexit() functions run.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *progname = "";

void
setprogname(const char *path)
{
	const char *slash = strrchr(path, '/');

	progname = slash == NULL ? path : slash + 1;
}

const char *
getprogname(void)
{
	return (progname);
}

static void
message(const char *fmt, va_list ap, const char *reason)
{
	char text[1024];

	text[0] = '\0';
	if (fmt != NULL)
		vsnprintf(text, sizeof(text), fmt, ap);
	if (reason == NULL)
		fprintf(stderr, "%s: %s\n", progname, text);
	else
		fprintf(stderr, "%s: %s%s%s\n", progname, text, fmt == NULL ? "" : ": ", reason);
}

void
vwarn(const char *fmt, va_list ap)
{
	message(fmt, ap, strerror(errno));
}

void
vwarnx(const char *fmt, va_list ap)
{
	message(fmt, ap, NULL);
}

void
verr(int status, const char *fmt, va_list ap)
{
	vwarn(fmt, ap);
	exit(status);
}

void
verrx(int status, const char *fmt, va_list ap)
{
	vwarnx(fmt, ap);
	exit(status);
}

void
warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarn(fmt, ap);
	va_end(ap);
}

void
warnx(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarnx(fmt, ap);
	va_end(ap);
}

void
err(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	verr(status, fmt, ap);
}

void
errx(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	verrx(status, fmt, ap);
}
