/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tracing code and the unwinder call of the kernel; host.c and the C library answer.
 */
#ifndef SYS_SYSTM_H
#define SYS_SYSTM_H

#include <sys/param.h>

extern const char *panicstr;
void	panic(const char *fmt, ...);
int	printf(const char *fmt, ...);
int	strcmp(const char *a, const char *b);

#endif
