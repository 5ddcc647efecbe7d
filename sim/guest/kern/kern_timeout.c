/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Callouts: a wheel of 256 buckets by due tick.  hardclock only looks whether its bucket holds
 * something; the functions are called by the softclock thread, so they may take sleepable locks.
 *
 * Locking: callout_lock (spin), dropped around each call.
 */
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <sys/callout.h>
#include <sys/kthread.h>
#include <sys/sched.h>
#include <sys/sdt.h>
#include <sys/sleepqueue.h>

SDT_PROVIDER_DEFINE(callout_execute);
SDT_PROBE_DEFINE1(callout_execute, , , callout__start, "struct callout *");
SDT_PROBE_DEFINE1(callout_execute, , , callout__end, "struct callout *");

#define	CALLWHEEL_SIZE	256
#define	CALLWHEEL_MASK	(CALLWHEEL_SIZE - 1)

LIST_HEAD(callout_list, callout);
static struct callout_list callwheel[CALLWHEEL_SIZE];
static struct mtx callout_lock;
static struct callout *volatile curr_callout;	/* being called */
static int softticks;			/* ticks already served */
static int softclock_wanted;

void
callout_init_wheel(void)
{
	int i;

	mtx_init(&callout_lock, "callout", NULL, MTX_SPIN);
	for (i = 0; i < CALLWHEEL_SIZE; i++)
		LIST_INIT(&callwheel[i]);
}

void
callout_init(struct callout *c, int mpsafe)
{
	bzero(c, sizeof(*c));
	if (mpsafe)
		c->c_flags = CALLOUT_MPSAFE;
}

/* Takes c off the wheel; returns 1 if it was waiting there. */
int
callout_unlink(struct callout *c)
{
	if ((c->c_flags & CALLOUT_PENDING) == 0)
		return (0);
	LIST_REMOVE(c, c_links);
	c->c_flags &= ~CALLOUT_PENDING;
	return (1);
}

/* Arranges for func(arg) in to_ticks (at least 1); returns 1 if an earlier wait was cancelled. */
int
callout_reset(struct callout *c, int to_ticks, callout_func_t *func, void *arg)
{
	int cancelled;

	mtx_lock_spin(&callout_lock);
	cancelled = callout_unlink(c);
	c->c_time = ticks + (to_ticks > 0 ? to_ticks : 1);
	c->c_func = func;
	c->c_arg = arg;
	c->c_flags |= CALLOUT_ACTIVE | CALLOUT_PENDING;
	LIST_INSERT_HEAD(&callwheel[c->c_time & CALLWHEEL_MASK], c, c_links);
	mtx_unlock_spin(&callout_lock);
	return (cancelled);
}

int
callout_stop(struct callout *c)
{
	int cancelled;

	mtx_lock_spin(&callout_lock);
	cancelled = callout_unlink(c);
	c->c_flags &= ~CALLOUT_ACTIVE;
	mtx_unlock_spin(&callout_lock);
	return (cancelled);
}

/* As callout_stop(), and waits for a call in progress to end. */
int
callout_drain(struct callout *c)
{
	int cancelled;

	cancelled = callout_stop(c);
	while (curr_callout == c)
		pause("codrain", 1);
	return (cancelled);
}

/* Called by hardclock: wakes softclock if the tick that just came has something due. */
void
callout_tick(void)
{
	struct callout *c;
	int due;

	due = 0;
	mtx_lock_spin(&callout_lock);
	LIST_FOREACH(c, &callwheel[ticks & CALLWHEEL_MASK], c_links)
		if (c->c_time - ticks <= 0)
			due = 1;
	if (due)
		softclock_wanted = 1;
	mtx_unlock_spin(&callout_lock);
	if (due)
		wakeup(&softclock_wanted);
}

/* Finds one callout of this bucket that is due. */
struct callout *
softclock_next(struct callout_list *bucket)
{
	struct callout *c;

	LIST_FOREACH(c, bucket, c_links)
		if (c->c_time - softticks <= 0)
			return (c);
	return (NULL);
}

/* Calls everything due in the bucket; callout_lock held on entry and return. */
void
softclock_bucket(struct callout_list *bucket)
{
	struct callout *c;
	callout_func_t *func;
	void *arg;

	while ((c = softclock_next(bucket)) != NULL) {
		callout_unlink(c);
		func = c->c_func;
		arg = c->c_arg;
		curr_callout = c;
		mtx_unlock_spin(&callout_lock);
		SDT_PROBE1(callout_execute, , , callout__start, c);
		(*func)(arg);
		SDT_PROBE1(callout_execute, , , callout__end, c);
		mtx_lock_spin(&callout_lock);
		curr_callout = NULL;
	}
}

/* The softclock thread. */
void
softclock(void *arg)
{
	thread_lock(curthread);
	curthread->td_pri_class = PRI_ITHD;
	sched_prio(curthread, PI_SOFTCLOCK);
	thread_unlock(curthread);
	mtx_lock_spin(&callout_lock);
	for (;;) {
		softclock_wanted = 0;
		while (softticks - ticks < 0) {
			softticks++;
			softclock_bucket(&callwheel[softticks & CALLWHEEL_MASK]);
		}
		if (!softclock_wanted)
			msleep_spin(&softclock_wanted, &callout_lock, "-", 0);
	}
}
