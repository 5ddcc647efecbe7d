/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sleeping, waking, and giving up the CPU.  _sleep() puts the caller on a sleep queue before it drops
 * the caller's lock, so a wakeup() in between is not lost.
 *
 * Locking: see subr_sleepqueue.c; mi_switch() is entered and left with sched_lock held.
 */
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/rwlock.h>
#include <sys/sx.h>
#include <sys/sched.h>
#include <sys/sdt.h>
#include <sys/sleepqueue.h>
#include <sys/sysproto.h>
#include <sys/timetc.h>

SDT_PROBE_DEFINE0(sched, , , preempt);
SDT_PROBE_DEFINE1(sysinfo, , mi_switch, inv_swtch, "int");

static int pause_wchan;

/* Unlocks any of the three kinds; returns how to lock it again: 1 exclusive, 0 shared. */
int
lock_object_unlock(struct lock_object *lock)
{
	if (lock->lo_flags & LO_CLASS_MTX) {
		mtx_unlock((struct mtx *)lock);
		return (1);
	}
	if (lock->lo_flags & LO_CLASS_SX) {
		if (sx_xlocked((struct sx *)lock)) {
			sx_xunlock((struct sx *)lock);
			return (1);
		}
		sx_sunlock((struct sx *)lock);
		return (0);
	}
	KASSERT(lock->lo_flags & LO_CLASS_RW, ("lock_object_unlock: %s is no sleepable lock", lock->lo_name));
	if (rw_wowned((struct rwlock *)lock)) {
		rw_wunlock((struct rwlock *)lock);
		return (1);
	}
	rw_runlock((struct rwlock *)lock);
	return (0);
}

void
lock_object_lock(struct lock_object *lock, int exclusive)
{
	if (lock->lo_flags & LO_CLASS_MTX)
		mtx_lock((struct mtx *)lock);
	else if (lock->lo_flags & LO_CLASS_SX) {
		if (exclusive)
			sx_xlock((struct sx *)lock);
		else
			sx_slock((struct sx *)lock);
	} else if (exclusive)
		rw_wlock((struct rwlock *)lock);
	else
		rw_rlock((struct rwlock *)lock);
}

/* Whole ticks that cover sbt, at least one. */
int
sbt_to_ticks(sbintime_t sbt)
{
	uint64_t n;

	n = (uint64_t)(sbt + tick_sbt - 1) / (uint64_t)tick_sbt;
	return (n > 0x3fffffff ? 0x3fffffff : n == 0 ? 1 : (int)n);
}

/*
 * Sleeps on chan until wakeup(chan), at most sbt if that is not 0.  Returns 0, EWOULDBLOCK after a
 * timeout, EINTR or ERESTART if a signal came and pri has PCATCH.
 */
int
_sleep(const void *chan, struct lock_object *lock, int pri, const char *wmesg, sbintime_t sbt)
{
	struct thread *td;
	int exclusive, rval;

	td = curthread;
	if (cold || panicstr != NULL) {
		if (lock != NULL && (pri & PDROP))
			(void)lock_object_unlock(lock);
		return (0);
	}
	KASSERT(td->td_critnest == 0, ("_sleep: %s in a critical section", wmesg));
	exclusive = 0;
	thread_lock(td);
	sleepq_add(chan, wmesg, (pri & PCATCH) ? SLEEPQ_INTERRUPTIBLE : 0);
	thread_unlock(td);
	if (sbt != 0)
		sleepq_set_timeout(sbt_to_ticks(sbt));
	if (lock != NULL)
		exclusive = lock_object_unlock(lock);
	thread_lock(td);
	if (sbt != 0 && (pri & PCATCH))
		rval = sleepq_timedwait_sig(chan, pri & PRIMASK);
	else if (sbt != 0)
		rval = sleepq_timedwait(chan, pri & PRIMASK);
	else if (pri & PCATCH)
		rval = sleepq_wait_sig(chan, pri & PRIMASK);
	else {
		sleepq_wait(chan, pri & PRIMASK);
		rval = 0;
	}
	if (lock != NULL && (pri & PDROP) == 0)
		lock_object_lock(lock, exclusive);
	return (rval);
}

/* The same with a spin mutex as interlock. */
int
msleep_spin(const void *chan, struct mtx *mtx, const char *wmesg, int timo)
{
	struct thread *td;
	int rval;

	td = curthread;
	if (cold || panicstr != NULL)
		return (0);
	thread_lock(td);
	sleepq_add(chan, wmesg, 0);
	thread_unlock(td);
	if (timo != 0)
		sleepq_set_timeout(timo);
	mtx_unlock_spin(mtx);
	thread_lock(td);
	rval = 0;
	if (timo != 0)
		rval = sleepq_timedwait(chan, 0);
	else
		sleepq_wait(chan, 0);
	mtx_lock_spin(mtx);
	return (rval);
}

int
pause(const char *wmesg, int timo)
{
	return (tsleep(&pause_wchan, 0, wmesg, timo > 0 ? timo : 1));
}

void
wakeup(const void *chan)
{
	mtx_lock_spin(&sched_lock);
	sleepq_broadcast(chan);
	mtx_unlock_spin(&sched_lock);
}

void
wakeup_one(const void *chan)
{
	mtx_lock_spin(&sched_lock);
	sleepq_signal(chan);
	mtx_unlock_spin(&sched_lock);
}

/* Charges the time since the last switch to the current thread, and what its performance counters saw. */
void
charge_runtime(struct thread *td)
{
	uint64_t now, runtime;

	now = cpu_ticks();
	runtime = now - PCPU_GET(switchtime);
	td->td_runtime += runtime;
	td->td_incruntime += runtime;
	PCPU_SET(switchtime, now);
	pmu_charge(td->td_proc);
}

/* Gives up the CPU; the caller has set the thread's state, or is merely preempted. */
void
mi_switch(int flags, struct thread *newtd)
{
	struct thread *td;

	td = curthread;
	mtx_assert(&sched_lock, MA_OWNED);
	KASSERT(td->td_critnest <= 1, ("mi_switch: critical section"));
	if (flags & SW_VOL)
		td->td_ru.ru_nvcsw++;
	else {
		SDT_PROBE0(sched, , , preempt);
		SDT_PROBE1(sysinfo, , mi_switch, inv_swtch, 1);
		td->td_ru.ru_nivcsw++;
	}
	charge_runtime(td);
	PCPU_INC(v_swtch);
	PCPU_SET(switchticks, ticks);
	sched_switch(td, newtd, flags);
}

int
sys_sched_yield(struct thread *td, struct sched_yield_args *uap)
{
	sched_relinquish(td);
	td->td_retval[0] = 0;
	return (0);
}
