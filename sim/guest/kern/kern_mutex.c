/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mutexes.  The kernel is not preempted, so a default mutex is contested only when its owner slept
 * while holding it; the waiter then sleeps on the mutex's address.
 *
 * A spin mutex masks interrupts: on one CPU its owner always runs on, and finding it owned is a bug.
 */
#include <sys/systm.h>
#include <sys/lockstat.h>
#include <sys/mutex.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sleepqueue.h>

struct mtx Giant;

#define mtx_owner(m)	((m)->mtx_lock & ~MTX_FLAGMASK)

void
mtx_init(struct mtx *m, const char *name, const char *type, int opts)
{
	m->lock_object.lo_name = name;
	m->lock_object.lo_flags = LO_INITIALIZED | ((opts & MTX_SPIN) ? LO_CLASS_SPIN : LO_CLASS_MTX) |
	    ((opts & MTX_RECURSE) ? LO_RECURSABLE : 0);
	m->mtx_lock = MTX_UNOWNED;
	m->mtx_recurse = 0;
}

void
mtx_destroy(struct mtx *m)
{
	KASSERT(m->mtx_lock == MTX_UNOWNED || mtx_owned(m), ("mtx_destroy: %s is held", mtx_name(m)));
	if (m->mtx_lock != MTX_UNOWNED && (m->lock_object.lo_flags & LO_CLASS_SPIN))
		spinlock_exit();
	m->lock_object.lo_flags = 0;
	m->mtx_lock = MTX_DESTROYED;
}

/* Takes m; sleeps if another thread has it.  The owner may take it again only if it was made MTX_RECURSE. */
void
_mtx_lock_flags(struct mtx *m, int opts, const char *file, int line)
{
	uintptr_t tid = (uintptr_t)curthread;

	if (__predict_false(m->lock_object.lo_flags & LO_CLASS_SPIN))
		panic("mtx_lock: %s is a spin mutex, at %s:%d", mtx_name(m), file, line);
	if (!atomic_cmpset_acq_ptr(&m->mtx_lock, MTX_UNOWNED, tid))
		_mtx_lock_sleep(m, tid, opts, file, line);
	else
		LOCKSTAT_RECORD0(adaptive__acquire, m);
}

void
_mtx_unlock_flags(struct mtx *m, int opts, const char *file, int line)
{
	uintptr_t tid = (uintptr_t)curthread;

	if (__predict_false(mtx_owner(m) != tid))
		panic("mtx_unlock: %s is not owned, at %s:%d", mtx_name(m), file, line);
	if (m->mtx_recurse > 0 || !atomic_cmpset_rel_ptr(&m->mtx_lock, tid, MTX_UNOWNED))
		_mtx_unlock_sleep(m, opts, file, line);
	else
		LOCKSTAT_RECORD0(adaptive__release, m);
}

int
_mtx_trylock(struct mtx *m, int opts, const char *file, int line)
{
	uintptr_t tid = (uintptr_t)curthread;

	if (mtx_owner(m) == tid && (m->lock_object.lo_flags & LO_RECURSABLE)) {
		m->mtx_recurse++;
		return (1);
	}
	if (!atomic_cmpset_acq_ptr(&m->mtx_lock, MTX_UNOWNED, tid))
		return (0);
	LOCKSTAT_RECORD0(adaptive__acquire, m);
	return (1);
}

/* The slow way in: recursion, or waiting for the owner. */
void
_mtx_lock_sleep(struct mtx *m, uintptr_t tid, int opts, const char *file, int line)
{
	uint64_t start, slept = 0;

	if (mtx_owner(m) == tid) {
		if ((m->lock_object.lo_flags & LO_RECURSABLE) == 0)
			panic("mtx_lock: recursed on %s at %s:%d", mtx_name(m), file, line);
		m->mtx_recurse++;
		return;
	}
	if (m->mtx_lock == MTX_DESTROYED || !mtx_initialized(m))
		panic("mtx_lock: uninitialised or destroyed mutex at %s:%d", file, line);
	while (!atomic_cmpset_acq_ptr(&m->mtx_lock, MTX_UNOWNED, tid)) {
		thread_lock(curthread);
		if (m->mtx_lock == MTX_UNOWNED) {
			thread_unlock(curthread);
			continue;
		}
		m->mtx_lock |= MTX_CONTESTED;
		start = lockstat_nsecs();
		sleepq_add(m, mtx_name(m), 0);
		sleepq_wait(m, 0);
		if (start != 0)
			slept += lockstat_nsecs() - start;
	}
	if (slept != 0)
		LOCKSTAT_RECORD1(adaptive__block, m, slept);
	LOCKSTAT_RECORD0(adaptive__acquire, m);
}

/* The slow way out: recursion, or somebody waits. */
void
_mtx_unlock_sleep(struct mtx *m, int opts, const char *file, int line)
{
	if (m->mtx_recurse > 0) {
		m->mtx_recurse--;
		return;
	}
	thread_lock(curthread);
	m->mtx_lock = MTX_UNOWNED;
	sleepq_broadcast(m);
	thread_unlock(curthread);
	LOCKSTAT_RECORD0(adaptive__release, m);
}

void
_mtx_lock_spin_flags(struct mtx *m, int opts, const char *file, int line)
{
	uintptr_t tid = (uintptr_t)curthread;

	spinlock_enter();
	if (__predict_true(m->mtx_lock == MTX_UNOWNED)) {
		m->mtx_lock = tid;
		LOCKSTAT_RECORD0(spin__acquire, m);
		return;
	}
	if (m->mtx_lock != tid)
		panic("mtx_lock_spin: %s held by thread %p, at %s:%d", mtx_name(m), (void *)m->mtx_lock, file, line);
	m->mtx_recurse++;
}

void
_mtx_unlock_spin_flags(struct mtx *m, int opts, const char *file, int line)
{
	if (__predict_false(m->mtx_lock != (uintptr_t)curthread))
		panic("mtx_unlock_spin: %s is not owned, at %s:%d", mtx_name(m), file, line);
	if (m->mtx_recurse > 0)
		m->mtx_recurse--;
	else {
		LOCKSTAT_RECORD0(spin__release, m);
		m->mtx_lock = MTX_UNOWNED;
	}
	spinlock_exit();
}

int
_mtx_owned(const struct mtx *m)
{
	return (mtx_owner(m) == (uintptr_t)curthread);
}

void
_mtx_assert(const struct mtx *m, int what, const char *file, int line)
{
	if (panicstr != NULL)
		return;
	if ((what == MA_OWNED) != (mtx_owner(m) == (uintptr_t)curthread))
		panic("mtx_assert: %s %sowned at %s:%d", mtx_name(m), what == MA_OWNED ? "not " : "", file, line);
}
