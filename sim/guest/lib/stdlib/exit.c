/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The end of a program: atexit() functions run last in, first out, then stdio is flushed.
 * abort() raises SIGABRT and flushes nothing.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ATEXIT_MAX 32

static void (*functions[ATEXIT_MAX])(void);
static int nfunctions;

/* Register a function to run at exit; -1 and ENOMEM when the table is full. */
int
atexit(void (*function)(void))
{
	if (nfunctions == ATEXIT_MAX) {
		errno = ENOMEM;
		return (-1);
	}
	functions[nfunctions++] = function;
	return (0);
}

void
exit(int status)
{
	while (nfunctions > 0)
		functions[--nfunctions]();
	fflush(NULL);
	_exit(status);
}

void
abort(void)
{
	raise(SIGABRT);
	_exit(127);
}
