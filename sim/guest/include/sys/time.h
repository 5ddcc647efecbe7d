/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Times: timespec/timeval for users (64-bit seconds, as FreeBSD/arm), bintime (seconds and
 * 2^-64 fractions) and sbintime (32.32) inside the kernel, with their conversions.
 */
#ifndef _SYS_TIME_H_
#define	_SYS_TIME_H_

#include <sys/types.h>

struct timespec {
	time_t	tv_sec;
	long	tv_nsec;
};
struct timeval {
	time_t	tv_sec;
	long	tv_usec;
};
struct timezone {
	int	tz_minuteswest;
	int	tz_dsttime;
};

#define	CLOCK_REALTIME		0
#define	CLOCK_VIRTUAL		1
#define	CLOCK_PROF		2
#define	CLOCK_MONOTONIC		4
#define	CLOCK_UPTIME		5
#define	CLOCK_UPTIME_PRECISE	7
#define	CLOCK_UPTIME_FAST	8
#define	CLOCK_REALTIME_PRECISE	9
#define	CLOCK_REALTIME_FAST	10
#define	CLOCK_MONOTONIC_PRECISE	11
#define	CLOCK_MONOTONIC_FAST	12
#define	CLOCK_SECOND		13

#ifdef _KERNEL
#include <sys/systm.h>	/* SBT_1S */

struct bintime {
	time_t	sec;
	uint64_t frac;
};

#define	SBT_1MS	(SBT_1S / 1000)
#define	SBT_1US	(SBT_1S / 1000000)
#define	SBT_MAX	0x7fffffffffffffffLL

void	bintime_addx(struct bintime *bt, uint64_t x);
void	bintime2timespec(const struct bintime *bt, struct timespec *ts);
void	bintime2timeval(const struct bintime *bt, struct timeval *tv);
void	timevaladd(struct timeval *t1, const struct timeval *t2);
void	timevalsub(struct timeval *t1, const struct timeval *t2);
int	tvtohz(const struct timeval *tv);

void	binuptime(struct bintime *bt);
void	nanouptime(struct timespec *ts);
void	microuptime(struct timeval *tv);
void	bintime(struct bintime *bt);
void	nanotime(struct timespec *ts);
void	microtime(struct timeval *tv);
void	getnanouptime(struct timespec *ts);
void	getmicrouptime(struct timeval *tv);
#endif

#endif
