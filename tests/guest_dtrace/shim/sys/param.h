/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Limits and rounding helpers, as the guest's header names them.
 */
#ifndef SYS_PARAM_H
#define SYS_PARAM_H

#include <sys/types.h>

#define EINVAL			22
#define ENOMEM			12
#define ENOENT			2
#define rounddown2(x, y)	((x) & ~((y) - 1))
#define roundup2(x, y)		(((x) + ((y) - 1)) & ~((y) - 1))
#define powerof2(x)		((((x) - 1) & (x)) == 0)
#define nitems(x)		(sizeof(x) / sizeof((x)[0]))
#define MIN(a, b)		(((a) < (b)) ? (a) : (b))
#define MAX(a, b)		(((a) > (b)) ? (a) : (b))

#endif
