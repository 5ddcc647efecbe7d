/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Waiting for children and reading their status word.
 * The encoding is FreeBSD's.
 */
#ifndef _SYS_WAIT_H_
#define _SYS_WAIT_H_

#include <sys/types.h>

struct rusage;

#define WNOHANG 1
#define WUNTRACED 2

#define _WSTATUS(x) ((x) & 0177)
#define WIFEXITED(x) (_WSTATUS(x) == 0)
#define WEXITSTATUS(x) (((x) >> 8) & 0377)
#define WIFSIGNALED(x) (_WSTATUS(x) != 0177 && _WSTATUS(x) != 0)
#define WTERMSIG(x) _WSTATUS(x)

pid_t wait4(pid_t, int *, int, struct rusage *);
pid_t waitpid(pid_t, int *, int);

#endif
