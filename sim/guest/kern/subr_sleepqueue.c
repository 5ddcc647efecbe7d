/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sleep queues: a hash of wait channels; a sleeping thread hangs on its channel's chain with td_wchan
 * set.  Leaving the chain (wakeup, timeout, signal) and becoming runnable are one step.
 *
 * Locking: sched_lock for everything.  The sleepq_*wait*() functions take it over from the caller
 * and return without it.
 */
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sched.h>
#include <sys/sdt.h>
#include <sys/signalvar.h>
#include <sys/sleepqueue.h>

SDT_PROBE_DEFINE0(sched, , , sleep);
SDT_PROBE_DEFINE2_XLATE(sched, , , wakeup, "struct thread *", "lwpsinfo_t *", "struct proc *", "psinfo_t *");

#define	SC_TABLESIZE	64
#define	SC_CHAIN(wc)	(&sleepq_chains[(((uintptr_t)(wc) >> 8) ^ ((uintptr_t)(wc) >> 3)) % SC_TABLESIZE])

TAILQ_HEAD(sleepq_chain, thread);
static struct sleepq_chain sleepq_chains[SC_TABLESIZE];

void
init_sleepqueues(void)
{
	int i;

	for (i = 0; i < SC_TABLESIZE; i++)
		TAILQ_INIT(&sleepq_chains[i]);
}

/* Puts the current thread, still running, on wchan's chain. */
void
sleepq_add(const void *wchan, const char *wmesg, int flags)
{
	struct thread *td;

	td = curthread;
	mtx_assert(&sched_lock, MA_OWNED);
	KASSERT(td->td_wchan == NULL, ("sleepq_add: already on a sleep queue"));
	td->td_wchan = wchan;
	td->td_wmesg = wmesg;
	td->td_intrval = 0;
	td->td_flags &= ~(TDF_TIMEOUT | TDF_SLEEPABORT | TDF_SINTR);
	if (flags & SLEEPQ_INTERRUPTIBLE)
		td->td_flags |= TDF_SINTR;
	TAILQ_INSERT_TAIL(SC_CHAIN(wchan), td, td_slpq);
}

void
sleepq_set_timeout(int timo)
{
	callout_reset(&curthread->td_slpcallout, timo, sleepq_timeout, curthread);
}

/* Takes td off its chain; makes it runnable if it had already left the CPU. */
void
sleepq_resume_thread(struct thread *td)
{
	mtx_assert(&sched_lock, MA_OWNED);
	TAILQ_REMOVE(SC_CHAIN(td->td_wchan), td, td_slpq);
	td->td_wchan = NULL;
	td->td_wmesg = NULL;
	td->td_flags &= ~TDF_SINTR;
	if (TD_IS_SLEEPING(td)) {
		SDT_PROBE2(sched, , , wakeup, td, td->td_proc);
		TD_CLR_SLEEPING(td);
		setrunnable(td);
	}
}

/* Leaves the CPU if nothing has happened since sleepq_add(); drops sched_lock. */
void
sleepq_switch(const void *wchan, int pri)
{
	struct thread *td;

	td = curthread;
	mtx_assert(&sched_lock, MA_OWNED);
	if (td->td_wchan != NULL) {
		sched_sleep(td, pri);
		TD_SET_SLEEPING(td);
		SDT_PROBE0(sched, , , sleep);
		mi_switch(SW_VOL, NULL);
	}
	mtx_unlock_spin(&sched_lock);
}

/* Cancels a timeout; returns EWOULDBLOCK if it was what ended the sleep. */
int
sleepq_check_timeout(void)
{
	struct thread *td;

	td = curthread;
	if (td->td_flags & TDF_TIMEOUT) {
		td->td_flags &= ~TDF_TIMEOUT;
		return (EWOULDBLOCK);
	}
	callout_stop(&td->td_slpcallout);
	return (0);
}

/* Does not sleep if a signal is waiting already. */
int
sleepq_catch_signals(const void *wchan, int pri)
{
	struct thread *td;

	td = curthread;
	if (td->td_wchan != NULL && sig_pending(td)) {
		sleepq_resume_thread(td);
		mtx_unlock_spin(&sched_lock);
		return (EINTR);
	}
	sleepq_switch(wchan, pri);
	return (td->td_intrval);
}

void
sleepq_wait(const void *wchan, int pri)
{
	sleepq_switch(wchan, pri);
}

int
sleepq_wait_sig(const void *wchan, int pri)
{
	return (sleepq_catch_signals(wchan, pri));
}

int
sleepq_timedwait(const void *wchan, int pri)
{
	sleepq_switch(wchan, pri);
	return (sleepq_check_timeout());
}

int
sleepq_timedwait_sig(const void *wchan, int pri)
{
	int rvals, rvalt;

	rvals = sleepq_catch_signals(wchan, pri);
	rvalt = sleepq_check_timeout();
	return (rvals != 0 ? rvals : rvalt);
}

/* Wakes the thread that waits longest among the most urgent; returns how many it woke. */
int
sleepq_signal(const void *wchan)
{
	struct thread *td, *best;

	best = NULL;
	TAILQ_FOREACH(td, SC_CHAIN(wchan), td_slpq)
		if (td->td_wchan == wchan && (best == NULL || td->td_priority < best->td_priority))
			best = td;
	if (best == NULL)
		return (0);
	sleepq_resume_thread(best);
	return (1);
}

int
sleepq_broadcast(const void *wchan)
{
	struct thread *td, *next;
	int woken;

	woken = 0;
	TAILQ_FOREACH_SAFE(td, SC_CHAIN(wchan), td_slpq, next) {
		if (td->td_wchan != wchan)
			continue;
		sleepq_resume_thread(td);
		woken++;
	}
	return (woken);
}

/* Ends td's interruptible sleep with intrval. */
int
sleepq_abort(struct thread *td, int intrval)
{
	mtx_assert(&sched_lock, MA_OWNED);
	if (td->td_wchan == NULL || (td->td_flags & TDF_SINTR) == 0)
		return (0);
	td->td_intrval = intrval;
	td->td_flags |= TDF_SLEEPABORT;
	sleepq_resume_thread(td);
	return (1);
}

void
sleepq_remove(struct thread *td)
{
	mtx_lock_spin(&sched_lock);
	if (td->td_wchan != NULL)
		sleepq_resume_thread(td);
	mtx_unlock_spin(&sched_lock);
}

/* The callout of a timed sleep. */
void
sleepq_timeout(void *arg)
{
	struct thread *td = arg;

	mtx_lock_spin(&sched_lock);
	if (td->td_wchan != NULL) {
		td->td_flags |= TDF_TIMEOUT;
		sleepq_resume_thread(td);
	}
	mtx_unlock_spin(&sched_lock);
}
