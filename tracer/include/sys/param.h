/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The constants of <sys/param.h> that scripts under dtrace -C count with.
 */
#ifndef _SYS_PARAM_H_
#define _SYS_PARAM_H_

#include <limits.h>

#define NBBY		8
#define NBPG		4096
#define PAGE_SIZE	4096
#define PAGE_SHIFT	12
#define PAGE_MASK	(PAGE_SIZE - 1)
#define DEV_BSIZE	512
#define MAXCOMLEN	19
#define MAXPATHLEN	PATH_MAX
#define MAXHOSTNAMELEN	256

#define MIN(a, b)	((a) < (b) ? (a) : (b))
#define MAX(a, b)	((a) > (b) ? (a) : (b))
#define howmany(x, y)	(((x) + ((y) - 1)) / (y))
#define rounddown(x, y)	(((x) / (y)) * (y))
#define roundup(x, y)	((((x) + ((y) - 1)) / (y)) * (y))

#endif
