/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Timecounters: a free-running counter and its frequency become a clock that never goes back.
 * tc_windup() must run more often than the counter wraps; hardclock sees to it.
 */
#ifndef _SYS_TIMETC_H_
#define	_SYS_TIMETC_H_

#include <sys/types.h>
#include <sys/time.h>

struct timecounter;
typedef u_int timecounter_get_t(struct timecounter *);

struct timecounter {
	timecounter_get_t *tc_get_timecount;
	u_int	tc_counter_mask;
	uint64_t tc_frequency;
	const char *tc_name;
	int	tc_quality;
	void	*tc_priv;
};
extern struct timecounter *timecounter;

void	tc_init(struct timecounter *tc);
void	tc_windup(void);
void	tc_setclock(struct timespec *ts);
uint64_t tc_cpu_ticks(void);
uint64_t cpu_ticks(void);		/* fine clock in counter ticks, never goes back */
uint64_t cpu_tickrate(void);		/* its frequency in Hz */
uint64_t cputick2usec(uint64_t tick);

#endif
