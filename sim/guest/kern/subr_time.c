/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arithmetic on bintime, timespec and timeval.  No state, no locks.
 */
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/time.h>

void
bintime_addx(struct bintime *bt, uint64_t x)
{
	uint64_t u;

	u = bt->frac;
	bt->frac += x;
	if (u > bt->frac)
		bt->sec++;
}

void
bintime2timespec(const struct bintime *bt, struct timespec *ts)
{
	ts->tv_sec = bt->sec;
	ts->tv_nsec = (long)((1000000000ULL * (uint32_t)(bt->frac >> 32)) >> 32);
}

void
bintime2timeval(const struct bintime *bt, struct timeval *tv)
{
	tv->tv_sec = bt->sec;
	tv->tv_usec = (long)((1000000ULL * (uint32_t)(bt->frac >> 32)) >> 32);
}

void
timevaladd(struct timeval *t1, const struct timeval *t2)
{
	t1->tv_sec += t2->tv_sec;
	t1->tv_usec += t2->tv_usec;
	if (t1->tv_usec >= 1000000) {
		t1->tv_sec++;
		t1->tv_usec -= 1000000;
	}
}

void
timevalsub(struct timeval *t1, const struct timeval *t2)
{
	t1->tv_sec -= t2->tv_sec;
	t1->tv_usec -= t2->tv_usec;
	if (t1->tv_usec < 0) {
		t1->tv_sec--;
		t1->tv_usec += 1000000;
	}
}

/* Ticks that cover tv, counting the one in progress. */
int
tvtohz(const struct timeval *tv)
{
	if (tv->tv_sec < 0)
		return (1);
	if (tv->tv_sec > 0x3fffffff / hz - 1)
		return (0x3fffffff);
	return ((int)tv->tv_sec * hz + (int)((tv->tv_usec + tick - 1) / tick) + 1);
}
