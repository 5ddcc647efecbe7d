/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reader/writer locks.  A waiter sleeps on the lock's address; release wakes all waiters, who try again.
 *
 * The word says everything: see sys/rwlock.h.  Read recursion is allowed, as readers are only counted.
 */
#include <sys/systm.h>
#include <sys/lockstat.h>
#include <sys/rwlock.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sleepqueue.h>

#define rw_readers(v)	((v) >> 2)
#define rw_owner(v)	(((v) & RW_LOCK_READ) ? 0 : (v) & ~RW_FLAGMASK)
#define rw_held_readers(v)	(((v) & RW_LOCK_READ) ? rw_readers(v) : 0)

void
rw_init_flags(struct rwlock *rw, const char *name, int opts)
{
	rw->lock_object.lo_name = name;
	rw->lock_object.lo_flags = LO_INITIALIZED | LO_CLASS_RW | ((opts & RW_RECURSE) ? LO_RECURSABLE : 0);
	rw->rw_lock = RW_UNLOCKED;
	rw->rw_recurse = 0;
}

void
rw_destroy(struct rwlock *rw)
{
	KASSERT(rw->rw_lock == RW_UNLOCKED, ("rw_destroy: %s is held", rw->lock_object.lo_name));
	rw->lock_object.lo_flags = 0;
	rw->rw_lock = 0;
}

/* Sleeps until the lock may have become free; returns at once if its word is no longer v. */
void
rw_wait(struct rwlock *rw, uintptr_t v)
{
	if ((rw->lock_object.lo_flags & LO_INITIALIZED) == 0)
		panic("rw_wait: uninitialised or destroyed lock %p", rw);
	thread_lock(curthread);
	if (rw->rw_lock != v) {
		thread_unlock(curthread);
		return;
	}
	rw->rw_lock = v | RW_LOCK_WAITERS;
	sleepq_add(rw, rw->lock_object.lo_name, 0);
	sleepq_wait(rw, 0);
}

/* The last holder leaves and somebody waits. */
void
rw_release_waiters(struct rwlock *rw)
{
	thread_lock(curthread);
	rw->rw_lock = RW_UNLOCKED;
	sleepq_broadcast(rw);
	thread_unlock(curthread);
}

/* rw_wait() with its length told to lockstat; how the lock is wanted is LOCKSTAT_READER or _WRITER. */
void
rw_block(struct rwlock *rw, uintptr_t v, int how)
{
	uint64_t start = lockstat_nsecs();

	rw_wait(rw, v);
	if (start != 0)
		LOCKSTAT_RECORD4(rw__block, rw, lockstat_nsecs() - start, how, (v & RW_LOCK_READ) == 0, rw_held_readers(v));
}

/* The release of a lock that somebody waits for. */
void
rw_wake(struct rwlock *rw, int how)
{
	rw_release_waiters(rw);
	LOCKSTAT_RECORD1(rw__release, rw, how);
}

void
_rw_wlock(struct rwlock *rw, const char *file, int line)
{
	uintptr_t tid = (uintptr_t)curthread, v;

	while (!atomic_cmpset_acq_ptr(&rw->rw_lock, RW_UNLOCKED, tid)) {
		v = rw->rw_lock;
		if (rw_owner(v) == tid) {
			if ((rw->lock_object.lo_flags & LO_RECURSABLE) == 0)
				panic("rw_wlock: recursed on %s at %s:%d", rw->lock_object.lo_name, file, line);
			rw->rw_recurse++;
			return;
		}
		if (v != RW_UNLOCKED)
			rw_block(rw, v, LOCKSTAT_WRITER);
	}
	LOCKSTAT_RECORD1(rw__acquire, rw, LOCKSTAT_WRITER);
}

int
_rw_try_wlock(struct rwlock *rw, const char *file, int line)
{
	if (!atomic_cmpset_acq_ptr(&rw->rw_lock, RW_UNLOCKED, curthread))
		return (0);
	LOCKSTAT_RECORD1(rw__acquire, rw, LOCKSTAT_WRITER);
	return (1);
}

void
_rw_wunlock(struct rwlock *rw, const char *file, int line)
{
	uintptr_t tid = (uintptr_t)curthread;

	if (rw_owner(rw->rw_lock) != tid)
		panic("rw_wunlock: %s is not write-locked here, at %s:%d", rw->lock_object.lo_name, file, line);
	if (rw->rw_recurse > 0)
		rw->rw_recurse--;
	else if (!atomic_cmpset_rel_ptr(&rw->rw_lock, tid, RW_UNLOCKED))
		rw_wake(rw, LOCKSTAT_WRITER);
	else
		LOCKSTAT_RECORD1(rw__release, rw, LOCKSTAT_WRITER);
}

void
_rw_rlock(struct rwlock *rw, const char *file, int line)
{
	uintptr_t v;

	for (;;) {
		v = rw->rw_lock;
		if (v & RW_LOCK_READ) {
			if (atomic_cmpset_acq_ptr(&rw->rw_lock, v, v + RW_ONE_READER)) {
				LOCKSTAT_RECORD1(rw__acquire, rw, LOCKSTAT_READER);
				return;
			}
			continue;
		}
		if (rw_owner(v) == (uintptr_t)curthread)
			panic("rw_rlock: %s is write-locked by this thread, at %s:%d", rw->lock_object.lo_name, file, line);
		rw_block(rw, v, LOCKSTAT_READER);
	}
}

void
_rw_runlock(struct rwlock *rw, const char *file, int line)
{
	uintptr_t v;

	for (;;) {
		v = rw->rw_lock;
		if ((v & RW_LOCK_READ) == 0 || rw_readers(v) == 0)
			panic("rw_runlock: %s is not read-locked, at %s:%d", rw->lock_object.lo_name, file, line);
		if (rw_readers(v) == 1 && (v & RW_LOCK_WAITERS)) {
			rw_wake(rw, LOCKSTAT_READER);
			return;
		}
		if (atomic_cmpset_rel_ptr(&rw->rw_lock, v, v - RW_ONE_READER)) {
			LOCKSTAT_RECORD1(rw__release, rw, LOCKSTAT_READER);
			return;
		}
	}
}

/* From the only reader to the writer; 0 if there are other readers. */
int
_rw_try_upgrade(struct rwlock *rw, const char *file, int line)
{
	uintptr_t v = rw->rw_lock;

	if ((v & RW_LOCK_READ) == 0)
		panic("rw_try_upgrade: %s is not read-locked, at %s:%d", rw->lock_object.lo_name, file, line);
	if (rw_readers(v) != 1)
		return (0);
	if (!atomic_cmpset_acq_ptr(&rw->rw_lock, v, (uintptr_t)curthread | (v & RW_LOCK_WAITERS)))
		return (0);
	LOCKSTAT_RECORD0(rw__upgrade, rw);
	return (1);
}

void
_rw_downgrade(struct rwlock *rw, const char *file, int line)
{
	uintptr_t v = rw->rw_lock;

	if (rw_owner(v) != (uintptr_t)curthread || rw->rw_recurse > 0)
		panic("rw_downgrade: %s is not write-locked here, at %s:%d", rw->lock_object.lo_name, file, line);
	thread_lock(curthread);
	rw->rw_lock = RW_UNLOCKED + RW_ONE_READER;
	if (v & RW_LOCK_WAITERS)
		sleepq_broadcast(rw);
	thread_unlock(curthread);
	LOCKSTAT_RECORD0(rw__downgrade, rw);
}

int
_rw_wowned(const struct rwlock *rw)
{
	return (rw_owner(rw->rw_lock) == (uintptr_t)curthread);
}

void
_rw_assert(const struct rwlock *rw, int what, const char *file, int line)
{
	uintptr_t v = rw->rw_lock;
	bool reading = (v & RW_LOCK_READ) && rw_readers(v) > 0, writing = rw_wowned(rw), good;

	if (panicstr != NULL)
		return;
	good = what == RA_WLOCKED ? writing : what == RA_RLOCKED ? reading : what == RA_LOCKED ? reading || writing : !writing;
	if (!good)
		panic("rw_assert: %s in the wrong state, %d wanted, at %s:%d", rw->lock_object.lo_name, what, file, line);
}
