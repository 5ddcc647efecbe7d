/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One event timer serves several clocks: it is programmed for whichever of hardclock, statclock and
 * the added periodic events is due next, and timercb() runs all that are due.  Times are in counts
 * of the 64-bit extended timecounter.
 *
 * Locking: interrupts masked.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <sys/timeet.h>
#include <sys/timetc.h>
#include <machine/machdep.h>

#define	NCLOCKEVENT	64
#define	MIN_WAIT	24		/* counts, 1 us: never program a time that may have passed */
#define	MIN_PERIOD_NS	20000		/* an added event may not eat the whole CPU */
#define	MAX_PERIOD_NS	0x0080000000000000ULL	/* counts fit 64 bits: 416 days */

struct clockevent {
	uint64_t ce_next;		/* due time */
	uint64_t ce_period;		/* counts, 0 = slot is free */
	clock_event_t *ce_func;
	void	*ce_arg;
};

/* The first two slots are hardclock and statclock; those from nevents on are free. */
static struct clockevent events[NCLOCKEVENT];
static int nevents = 2;
static uint64_t rest_until;		/* no added event runs before */
u_int clocksource_missed;		/* beats of added events that were not run; the reader resets it */
static int clocks_running;

void
hardclock_event(void *arg, struct trapframe *frame)
{
	hardclock(TRAPF_USERMODE(frame), (uintptr_t)TRAPF_PC(frame));
}

void
statclock_event(void *arg, struct trapframe *frame)
{
	statclock(TRAPF_USERMODE(frame));
}

/* Programs the timer for the earliest event; for an added one not before they have rested. */
void
loadtimer(void)
{
	uint64_t now, next;
	int i;

	next = ~0ULL;
	for (i = 2; i < nevents; i++)
		if (events[i].ce_period != 0 && events[i].ce_next < next)
			next = events[i].ce_next;
	if (next < rest_until)
		next = rest_until;
	for (i = 0; i < 2; i++)
		if (events[i].ce_period != 0 && events[i].ce_next < next)
			next = events[i].ce_next;
	now = cpu_ticks();
	next = next < now + MIN_WAIT ? MIN_WAIT : next - now;
	dmtimer_et_start((uint32_t)next, 0);
}

/* Counts the beats of an added event that have gone by, and moves on to its last: the one to run now. */
void
skipmissed(struct clockevent *ce, uint64_t now)
{
	uint64_t beats;

	if (ce->ce_period == 0 || ce->ce_next + ce->ce_period > now)
		return;
	beats = (now - ce->ce_next) / ce->ce_period;
	clocksource_missed += (u_int)beats;
	ce->ce_next += beats * ce->ce_period;
}

/*
 * Runs the added events that are due.  However many they are and however long they take, the machine gets as
 * much time again before the next; one that takes longer than its period misses beats.
 */
void
handleadded(struct trapframe *frame)
{
	struct clockevent *ce;
	uint64_t start, now;

	start = now = cpu_ticks();
	if (now < rest_until)
		return;
	for (ce = events + 2; ce < events + nevents; ce++) {
		if (ce->ce_period == 0 || ce->ce_next > start)
			continue;
		skipmissed(ce, start);
		ce->ce_next += ce->ce_period;
		(*ce->ce_func)(ce->ce_arg, frame);
		now = cpu_ticks();
		if (ce->ce_next <= now) {
			skipmissed(ce, now);
			clocksource_missed++;
			ce->ce_next = now + ce->ce_period;
		}
	}
	rest_until = now + (now - start);
}

/* Runs what is due; hardclock and statclock, late by several periods, once for each. */
void
handleevents(struct trapframe *frame)
{
	struct clockevent *ce;
	uint64_t now;

	now = cpu_ticks();
	for (ce = events; ce < events + 2; ce++) {
		while (ce->ce_period != 0 && ce->ce_next <= now) {
			ce->ce_next += ce->ce_period;
			(*ce->ce_func)(ce->ce_arg, frame);
		}
	}
	if (nevents > 2)
		handleadded(frame);
}

/* The timer's interrupt. */
void
timercb(void *arg)
{
	handleevents(PCPU_GET(intr_frame));
	loadtimer();
}

void
clockevent_set(struct clockevent *ce, clock_event_t *func, void *arg, uint64_t period)
{
	ce->ce_func = func;
	ce->ce_arg = arg;
	ce->ce_next = cpu_ticks() + period;
	ce->ce_period = period;
}

/* Starts the clocks; the machine calls it once interrupts can be handled. */
void
cpu_initclocks(void)
{
	register_t s;

	dmtimer_et_setup(timercb, NULL);
	s = intr_disable();
	clockevent_set(&events[0], hardclock_event, NULL, cpu_tickrate() / hz);
	clockevent_set(&events[1], statclock_event, NULL, cpu_tickrate() / stathz);
	clocks_running = 1;
	loadtimer();
	intr_restore(s);
}

/*
 * Moves the next ticks to a fraction (0..65535 of 65536) of a period from now: how a run's seed
 * decides where in its life the ticks fall.
 */
void
clocksource_set_phase(uint32_t hard, uint32_t stat)
{
	uint64_t now;
	register_t s;

	s = intr_disable();
	now = cpu_ticks();
	events[0].ce_next = now + ((events[0].ce_period * (hard & 0xffff)) >> 16) + 1;
	events[1].ce_next = now + ((events[1].ce_period * (stat & 0xffff)) >> 16) + 1;
	loadtimer();
	intr_restore(s);
}

int
clocksource_add(clock_event_t *fn, void *arg, uint64_t period_ns, int *handle)
{
	uint64_t period;
	register_t s;
	int i;

	if (period_ns < MIN_PERIOD_NS || period_ns > MAX_PERIOD_NS || !clocks_running)
		return (EINVAL);
	period = period_ns * (cpu_tickrate() / 1000000) / 1000;
	s = intr_disable();
	for (i = 2; i < NCLOCKEVENT; i++)
		if (events[i].ce_period == 0)
			break;
	if (i < NCLOCKEVENT) {
		clockevent_set(&events[i], fn, arg, period);
		nevents = MAX(nevents, i + 1);
		loadtimer();
	}
	intr_restore(s);
	*handle = i;
	return (i < NCLOCKEVENT ? 0 : EBUSY);
}

void
clocksource_remove(int handle)
{
	register_t s;

	if (handle < 2 || handle >= NCLOCKEVENT)
		return;
	s = intr_disable();
	skipmissed(&events[handle], cpu_ticks());
	events[handle].ce_period = 0;
	while (nevents > 2 && events[nevents - 1].ce_period == 0)
		nevents--;
	intr_restore(s);
}
