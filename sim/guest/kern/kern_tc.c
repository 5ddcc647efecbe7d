/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Time from a free-running counter.  The last wind-up holds a time and the counter's value at that
 * moment; a reading adds the counts since then, scaled.  Two records alternate so that a reading that
 * a wind-up interrupts is done again.
 *
 * Locking: none; tc_windup() runs with interrupts masked, readers check th_generation.
 */
#include <sys/systm.h>
#include <sys/kenv.h>
#include <sys/kernel.h>
#include <sys/time.h>
#include <sys/timetc.h>
#include <machine/machdep.h>

struct timehands {
	uint64_t th_scale;		/* 2^-64 s per count */
	u_int	th_offset_count;	/* counter at th_offset */
	struct bintime th_offset;	/* uptime */
	volatile u_int th_generation;	/* 0 while being changed */
	struct timehands *th_next;
};

static struct timehands th1;
static struct timehands th0 = { .th_generation = 1, .th_next = &th1 };
static struct timehands th1 = { .th_next = &th0 };
static struct timehands *volatile timehands = &th0;
static struct bintime boottimebin;	/* time of day at boot: the epoch unless the loader says */
static uint64_t tc_cpu_ticks_base;
static u_int tc_cpu_ticks_last;

u_int
dummy_get_timecount(struct timecounter *tc)
{
	static u_int now;

	return (++now);
}

static struct timecounter dummy_timecounter = {
	dummy_get_timecount, ~0u, 1000000, "dummy", -1000000, NULL
};
struct timecounter *timecounter = &dummy_timecounter;

u_int
dmtimer_tc_get_timecount(struct timecounter *tc)
{
	return (dmtimer_get_timecount());
}

static struct timecounter dmtimer_timecounter = {
	dmtimer_tc_get_timecount, ~0u, 24000000, "DMTimer2", 1000, NULL
};

/* Counts since the wind-up, whatever wraps in between. */
u_int
tc_delta(struct timehands *th)
{
	return ((timecounter->tc_get_timecount(timecounter) - th->th_offset_count) & timecounter->tc_counter_mask);
}

void
binuptime(struct bintime *bt)
{
	struct timehands *th;
	u_int gen;

	do {
		th = timehands;
		gen = th->th_generation;
		*bt = th->th_offset;
		bintime_addx(bt, th->th_scale * tc_delta(th));
	} while (gen == 0 || gen != th->th_generation);
}

void
nanouptime(struct timespec *ts)
{
	struct bintime bt;

	binuptime(&bt);
	bintime2timespec(&bt, ts);
}

void
microuptime(struct timeval *tv)
{
	struct bintime bt;

	binuptime(&bt);
	bintime2timeval(&bt, tv);
}

void
bintime(struct bintime *bt)
{
	binuptime(bt);
	bintime_addx(bt, boottimebin.frac);
	bt->sec += boottimebin.sec;
}

void
nanotime(struct timespec *ts)
{
	struct bintime bt;

	bintime(&bt);
	bintime2timespec(&bt, ts);
}

void
microtime(struct timeval *tv)
{
	struct bintime bt;

	bintime(&bt);
	bintime2timeval(&bt, tv);
}

/* As of the last wind-up: cheap, as coarse as a tick. */
void
getnanouptime(struct timespec *ts)
{
	struct bintime bt;

	bt = timehands->th_offset;
	bintime2timespec(&bt, ts);
}

void
getmicrouptime(struct timeval *tv)
{
	struct bintime bt;

	bt = timehands->th_offset;
	bintime2timeval(&bt, tv);
}

/* Sets the time of day. */
void
tc_setclock(struct timespec *ts)
{
	struct bintime up;
	uint64_t frac;

	binuptime(&up);
	frac = (uint64_t)ts->tv_nsec * 18446744073ULL;
	boottimebin.sec = ts->tv_sec - up.sec - (frac < up.frac);
	boottimebin.frac = frac - up.frac;
}

/* Moves the base forward; at least twice per counter wrap. */
void
tc_windup(void)
{
	struct timehands *th, *tho;
	u_int delta;

	tho = timehands;
	th = tho->th_next;
	th->th_generation = 0;
	delta = tc_delta(tho);
	th->th_scale = tho->th_scale;
	th->th_offset = tho->th_offset;
	th->th_offset_count = (tho->th_offset_count + delta) & timecounter->tc_counter_mask;
	bintime_addx(&th->th_offset, th->th_scale * delta);
	th->th_generation = tho->th_generation + 1 != 0 ? tho->th_generation + 1 : 1;
	timehands = th;
	(void)tc_cpu_ticks();
}

/* Makes tc the clock; time goes on from where it was. */
void
tc_init(struct timecounter *tc)
{
	register_t s;

	s = intr_disable();
	tc_windup();
	timecounter = tc;
	timehands->th_offset_count = tc->tc_get_timecount(tc);
	timehands->th_scale = ((uint64_t)1 << 63) / tc->tc_frequency * 2;
	tc_cpu_ticks_last = timehands->th_offset_count;
	intr_restore(s);
}

/* The counter extended to 64 bits. */
uint64_t
tc_cpu_ticks(void)
{
	register_t s;
	u_int u;
	uint64_t res;

	s = intr_disable();
	u = timecounter->tc_get_timecount(timecounter) & timecounter->tc_counter_mask;
	if (u < tc_cpu_ticks_last)
		tc_cpu_ticks_base += (uint64_t)timecounter->tc_counter_mask + 1;
	tc_cpu_ticks_last = u;
	res = u + tc_cpu_ticks_base;
	intr_restore(s);
	return (res);
}

uint64_t
cpu_ticks(void)
{
	return (tc_cpu_ticks());
}

uint64_t
cpu_tickrate(void)
{
	return (timecounter->tc_frequency);
}

/* Microseconds in so many ticks, without overflow for any uptime that will happen. */
uint64_t
cputick2usec(uint64_t tick_count)
{
	uint64_t rate;

	rate = cpu_tickrate();
	return (tick_count / rate * 1000000 + tick_count % rate * 1000000 / rate);
}

/* Sets the time of day to `base`, for want of a battery-backed clock. */
void
inittodr(time_t base)
{
	struct timespec ts = { base, 0 };

	tc_setclock(&ts);
}

/* The loader says what time it is: kern.boottime, seconds since 1970. */
void
inittimecounter(void *dummy)
{
	quad_t boottime = 0;

	tc_init(&dmtimer_timecounter);
	(void)getenv_quad("kern.boottime", &boottime);
	inittodr(boottime);
}

SYSINIT(timecounter, SI_SUB_CLOCKS, SI_ORDER_FIRST, inittimecounter, NULL);
