/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Limits, sleep priorities and rounding helpers shared by the whole kernel.
 */
#ifndef SYS_PARAM_H
#define SYS_PARAM_H

#include <sys/types.h>
#include <sys/errno.h>
#include <machine/param.h>

#define __FreeBSD_version	1100062

#define MAXCOMLEN		19
#define MAXLOGNAME		33
#define MAXPATHLEN		1024
#define PATH_MAX		1024
#define NAME_MAX		255
#define MAXINTERP		PATH_MAX
#define ARG_MAX			262144
#define MAXHOSTNAMELEN		256
#define NGROUPS			16
#define NOFILE			256
#define NBBY			8
#define NODEV			((dev_t)-1)
#define IOV_MAX			1024

/* Priorities; the scheduler's run queues span 0..255, smaller runs first. */
#define PRI_MIN			0
#define PRI_MAX			255
#define PRI_MIN_ITHD		0
#define PRI_MIN_REALTIME	48
#define PRI_MIN_KERN		80
#define PSWP			(PRI_MIN_KERN + 0)
#define PVM			(PRI_MIN_KERN + 4)
#define PINOD			(PRI_MIN_KERN + 8)
#define PRIBIO			(PRI_MIN_KERN + 12)
#define PVFS			(PRI_MIN_KERN + 16)
#define PZERO			(PRI_MIN_KERN + 20)
#define PSOCK			(PRI_MIN_KERN + 24)
#define PWAIT			(PRI_MIN_KERN + 28)
#define PLOCK			(PRI_MIN_KERN + 32)
#define PPAUSE			(PRI_MIN_KERN + 36)
#define PRI_MIN_TIMESHARE	120
#define PRI_MIN_IDLE		224
#define PUSER			PRI_MIN_TIMESHARE

/* Flags or'ed into a sleep priority. */
#define PRIMASK			0x0ff
#define PCATCH			0x100
#define PDROP			0x200
#define PBDRY			0x400

#define howmany(x, y)		(((x) + ((y) - 1)) / (y))
#define rounddown(x, y)		(((x) / (y)) * (y))
#define roundup(x, y)		((((x) + ((y) - 1)) / (y)) * (y))
#define rounddown2(x, y)	((x) & ~((y) - 1))
#define roundup2(x, y)		(((x) + ((y) - 1)) & ~((y) - 1))
#define powerof2(x)		((((x) - 1) & (x)) == 0)
#define nitems(x)		(sizeof(x) / sizeof((x)[0]))
#define MIN(a, b)		(((a) < (b)) ? (a) : (b))
#define MAX(a, b)		(((a) > (b)) ? (a) : (b))

#define ALIGNBYTES		(sizeof(int) * 2 - 1)
#define ALIGN(p)		(((uintptr_t)(p) + ALIGNBYTES) & ~ALIGNBYTES)

#endif
