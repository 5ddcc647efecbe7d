/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tracing code's clock: nanouptime's time, read without calling any function that is probed.
 *
 * It extends the timecounter's counter (24 MHz, 32 bits) by itself, from where dtrace_clock_sync()
 * found the kernel's clock; that must be called more often than the counter wraps, every 178 s.
 * Interrupts are off in dtrace_gethrtime().
 */
#include <sys/systm.h>
#include <sys/time.h>
#include <machine/vmparam.h>
#include "dtrace/dtrace_dev.h"

#define DMTIMER2_TCRR	(0x4804003c + DEVMAP_OFFSET)

static uint64_t dtrace_clock_ns, dtrace_clock_wall;	/* at dtrace_clock_last; what to add for the time of day */
static uint32_t dtrace_clock_last, dtrace_clock_thirds;

uint64_t
dtrace_clock_nanoseconds(const struct timespec *ts)
{

	return ((uint64_t)ts->tv_sec * 1000000000 + (uint64_t)ts->tv_nsec);
}

uint32_t
dtrace_clock_count(void)
{

	return (*(volatile uint32_t *)(uintptr_t)DMTIMER2_TCRR);
}

/* Takes the kernel's time as the clock's own. */
void
dtrace_clock_sync(void)
{
	struct timespec up, now;
	u_int cookie = dtrace_interrupt_disable();

	nanouptime(&up);
	dtrace_clock_last = dtrace_clock_count();
	nanotime(&now);
	dtrace_clock_ns = MAX(dtrace_clock_ns, dtrace_clock_nanoseconds(&up));
	dtrace_clock_wall = dtrace_clock_nanoseconds(&now) - dtrace_clock_nanoseconds(&up);
	dtrace_interrupt_enable(cookie);
}

/* Nanoseconds since boot; never goes back. */
uint64_t
dtrace_gethrtime(void)
{
	uint32_t now = dtrace_clock_count(), delta = now - dtrace_clock_last;

	dtrace_clock_last = now;
	/* A count is 125/3 ns; whole seconds first, so that the rest fits 32 bits. */
	for (; delta >= 24000000; delta -= 24000000)
		dtrace_clock_ns += 1000000000;
	dtrace_clock_thirds += delta * 125;
	dtrace_clock_ns += dtrace_clock_thirds / 3;
	dtrace_clock_thirds %= 3;
	return (dtrace_clock_ns);
}

/* Nanoseconds since 1970. */
uint64_t
dtrace_gethrestime(void)
{

	return (dtrace_gethrtime() + dtrace_clock_wall);
}
