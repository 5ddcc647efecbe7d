/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Thread priority classes, and the ranges that param.h leaves out: 0 is the most urgent, 255 the least. */
#ifndef _SYS_PRIORITY_H_
#define	_SYS_PRIORITY_H_

#include <sys/param.h>

#define	PRI_ITHD	1
#define	PRI_REALTIME	2
#define	PRI_TIMESHARE	3
#define	PRI_IDLE	4

#define	PI_SWI(x)		(20 + (x) * 4)
#define	PI_SOFTCLOCK		PI_SWI(4)
#define	PRI_MAX_TIMESHARE	223
#define	PRI_MAX_IDLE		255

#endif
