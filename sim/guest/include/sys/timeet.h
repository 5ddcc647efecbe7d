/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The event timer's users: hardclock, statclock and a few periodic events of the profile provider
 * share one one-shot timer (kern/kern_clocksource.c).
 */
#ifndef _SYS_TIMEET_H_
#define	_SYS_TIMEET_H_

#include <sys/types.h>

struct trapframe;

/* Runs in interrupt context with interrupts masked; frame is what the clock interrupted. */
typedef void clock_event_t(void *arg, struct trapframe *frame);

void	cpu_initclocks(void);
void	clocksource_set_phase(uint32_t hard, uint32_t stat);	/* 16 bits each: fractions of a period */
int	clocksource_add(clock_event_t *fn, void *arg, uint64_t period_ns, int *handle);	/* 0, EINVAL or EBUSY */
void	clocksource_remove(int handle);
extern u_int clocksource_missed;	/* calls that were left out, as others took too long */

#endif
