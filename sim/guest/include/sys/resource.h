/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Resource usage, as getrusage(2) and wait4(2) return it. */
#ifndef _SYS_RESOURCE_H_
#define	_SYS_RESOURCE_H_

#include <sys/types.h>
#include <sys/time.h>

struct rusage {
	struct timeval ru_utime;
	struct timeval ru_stime;
	long	ru_maxrss;
	long	ru_ixrss;
	long	ru_idrss;
	long	ru_isrss;
	long	ru_minflt;	/* page faults without I/O */
	long	ru_majflt;
	long	ru_nswap;
	long	ru_inblock;
	long	ru_oublock;
	long	ru_msgsnd;
	long	ru_msgrcv;
	long	ru_nsignals;
	long	ru_nvcsw;	/* voluntary switches */
	long	ru_nivcsw;	/* involuntary switches */
};
#define	ru_first	ru_ixrss
#define	ru_last		ru_nivcsw

#define	RUSAGE_SELF	0
#define	RUSAGE_CHILDREN	-1
#define	RUSAGE_THREAD	1

#define	FSHIFT	11		/* bits of a fixpt_t's fraction */
#define	FSCALE	(1 << FSHIFT)

struct loadavg {
	fixpt_t	ldavg[3];	/* 1, 5 and 15 minutes */
	long	fscale;		/* what stands for one thread */
};

extern struct loadavg averunnable;

void	loadav(void *arg);
void	loadavinit(void);

#endif
