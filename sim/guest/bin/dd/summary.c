/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dd's closing lines on standard error.  The machine has no floating point unit and dd here no
 * floating point: seconds and the rate are computed in integers and rounded as printf would.
 */
#include <err.h>
#include <stdio.h>
#include <time.h>

#include "dd.h"

#define NS 1000000000u

static uint64_t
now_ns(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) == -1)
		err(1, "clock_gettime");
	return ((uint64_t)now.tv_sec * NS + now.tv_nsec);
}

void
start_clock(void)
{
	counts.start_ns = now_ns();
}

/* Return seconds in millionths and the rate, both rounded; a time under a microsecond counts as one. */
void
transfer_rate(uint64_t bytes, uint64_t ns, uint64_t *microseconds, uint64_t *bytes_per_second)
{
	uint64_t rate, rest;
	int digit;

	if (ns < 1000)
		ns = 1000;
	*microseconds = (ns + 500) / 1000;
	rate = bytes / ns;
	rest = bytes % ns;
	for (digit = 0; digit < 9; digit++) {	/* bytes * 10^9 / ns, a decimal digit at a time */
		rest *= 10;
		rate = rate * 10 + rest / ns;
		rest %= ns;
	}
	*bytes_per_second = rate + (rest >= ns - rest);
}

/* Print the counts, unless status=none; without the transfer line for status=noxfer. */
void
summary(void)
{
	uint64_t microseconds, rate;

	if ((options & C_NOINFO) != 0)
		return;
	fprintf(stderr, "%ju+%ju records in\n%ju+%ju records out\n", counts.in_full, counts.in_part,
	    counts.out_full, counts.out_part);
	if ((options & C_NOXFER) != 0)
		return;
	transfer_rate(counts.bytes, now_ns() - counts.start_ns, &microseconds, &rate);
	fprintf(stderr, "%ju bytes transferred in %llu.%06llu secs (%llu bytes/sec)\n", counts.bytes,
	    microseconds / 1000000, microseconds % 1000000, rate);
}
