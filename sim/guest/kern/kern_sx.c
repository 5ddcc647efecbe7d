/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Shared/exclusive locks, which may be held across a sleep.
 *
 * The word says everything: see sys/sx.h.  Waiters sleep on the lock's address and try again when woken;
 * with SX_INTERRUPTIBLE a signal ends the wait with EINTR or ERESTART.
 */
#include <sys/systm.h>
#include <sys/lockstat.h>
#include <sys/sx.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sleepqueue.h>

#define sx_sharers(v)	((v) >> 2)
#define sx_owner(v)	(((v) & SX_LOCK_SHARED) ? 0 : (v) & ~SX_FLAGMASK)
#define sx_held_sharers(v)	(((v) & SX_LOCK_SHARED) ? sx_sharers(v) : 0)

void
sx_init_flags(struct sx *sx, const char *name, int opts)
{
	sx->lock_object.lo_name = name;
	sx->lock_object.lo_flags = LO_INITIALIZED | LO_CLASS_SX | ((opts & SX_RECURSE) ? LO_RECURSABLE : 0);
	sx->sx_lock = SX_UNLOCKED;
	sx->sx_recurse = 0;
}

void
sx_destroy(struct sx *sx)
{
	KASSERT(sx->sx_lock == SX_UNLOCKED, ("sx_destroy: %s is held", sx->lock_object.lo_name));
	sx->lock_object.lo_flags = 0;
	sx->sx_lock = 0;
}

/* Sleeps until the lock may have become free; returns at once if its word is no longer v. */
int
sx_wait(struct sx *sx, uintptr_t v, int opts)
{
	if ((sx->lock_object.lo_flags & LO_INITIALIZED) == 0)
		panic("sx_wait: uninitialised or destroyed lock %p", sx);
	thread_lock(curthread);
	if (sx->sx_lock != v) {
		thread_unlock(curthread);
		return (0);
	}
	sx->sx_lock = v | SX_LOCK_WAITERS;
	sleepq_add(sx, sx->lock_object.lo_name, (opts & SX_INTERRUPTIBLE) ? SLEEPQ_INTERRUPTIBLE : 0);
	if (opts & SX_INTERRUPTIBLE)
		return (sleepq_wait_sig(sx, 0));
	sleepq_wait(sx, 0);
	return (0);
}

void
sx_release_waiters(struct sx *sx)
{
	thread_lock(curthread);
	sx->sx_lock = SX_UNLOCKED;
	sleepq_broadcast(sx);
	thread_unlock(curthread);
}

/* sx_wait() with its length told to lockstat; how the lock is wanted is LOCKSTAT_READER or _WRITER. */
int
sx_block(struct sx *sx, uintptr_t v, int opts, int how)
{
	uint64_t start = lockstat_nsecs();
	int error;

	error = sx_wait(sx, v, opts);
	if (start != 0)
		LOCKSTAT_RECORD4(sx__block, sx, lockstat_nsecs() - start, how, (v & SX_LOCK_SHARED) == 0,
		    sx_held_sharers(v));
	return (error);
}

/* The release of a lock that somebody waits for. */
void
sx_wake(struct sx *sx, int how)
{
	sx_release_waiters(sx);
	LOCKSTAT_RECORD1(sx__release, sx, how);
}

int
_sx_xlock(struct sx *sx, int opts, const char *file, int line)
{
	uintptr_t tid = (uintptr_t)curthread, v;
	int error;

	while (!atomic_cmpset_acq_ptr(&sx->sx_lock, SX_UNLOCKED, tid)) {
		v = sx->sx_lock;
		if (sx_owner(v) == tid) {
			if ((sx->lock_object.lo_flags & LO_RECURSABLE) == 0)
				panic("sx_xlock: recursed on %s at %s:%d", sx->lock_object.lo_name, file, line);
			sx->sx_recurse++;
			return (0);
		}
		if (v != SX_UNLOCKED && (error = sx_block(sx, v, opts, LOCKSTAT_WRITER)) != 0)
			return (error);
	}
	LOCKSTAT_RECORD1(sx__acquire, sx, LOCKSTAT_WRITER);
	return (0);
}

void
_sx_xunlock(struct sx *sx, const char *file, int line)
{
	uintptr_t tid = (uintptr_t)curthread;

	if (sx_owner(sx->sx_lock) != tid)
		panic("sx_xunlock: %s is not exclusively locked here, at %s:%d", sx->lock_object.lo_name, file, line);
	if (sx->sx_recurse > 0)
		sx->sx_recurse--;
	else if (!atomic_cmpset_rel_ptr(&sx->sx_lock, tid, SX_UNLOCKED))
		sx_wake(sx, LOCKSTAT_WRITER);
	else
		LOCKSTAT_RECORD1(sx__release, sx, LOCKSTAT_WRITER);
}

int
_sx_slock(struct sx *sx, int opts, const char *file, int line)
{
	uintptr_t v;
	int error;

	for (;;) {
		v = sx->sx_lock;
		if (v & SX_LOCK_SHARED) {
			if (atomic_cmpset_acq_ptr(&sx->sx_lock, v, v + SX_ONE_SHARER)) {
				LOCKSTAT_RECORD1(sx__acquire, sx, LOCKSTAT_READER);
				return (0);
			}
			continue;
		}
		if (sx_owner(v) == (uintptr_t)curthread)
			panic("sx_slock: %s is exclusively locked by this thread, at %s:%d", sx->lock_object.lo_name, file, line);
		if ((error = sx_block(sx, v, opts, LOCKSTAT_READER)) != 0)
			return (error);
	}
}

void
_sx_sunlock(struct sx *sx, const char *file, int line)
{
	uintptr_t v;

	for (;;) {
		v = sx->sx_lock;
		if ((v & SX_LOCK_SHARED) == 0 || sx_sharers(v) == 0)
			panic("sx_sunlock: %s is not share-locked, at %s:%d", sx->lock_object.lo_name, file, line);
		if (sx_sharers(v) == 1 && (v & SX_LOCK_WAITERS)) {
			sx_wake(sx, LOCKSTAT_READER);
			return;
		}
		if (atomic_cmpset_rel_ptr(&sx->sx_lock, v, v - SX_ONE_SHARER)) {
			LOCKSTAT_RECORD1(sx__release, sx, LOCKSTAT_READER);
			return;
		}
	}
}

int
_sx_try_xlock(struct sx *sx, const char *file, int line)
{
	if (!atomic_cmpset_acq_ptr(&sx->sx_lock, SX_UNLOCKED, curthread))
		return (0);
	LOCKSTAT_RECORD1(sx__acquire, sx, LOCKSTAT_WRITER);
	return (1);
}

int
_sx_try_slock(struct sx *sx, const char *file, int line)
{
	uintptr_t v = sx->sx_lock;

	if ((v & SX_LOCK_SHARED) == 0 || !atomic_cmpset_acq_ptr(&sx->sx_lock, v, v + SX_ONE_SHARER))
		return (0);
	LOCKSTAT_RECORD1(sx__acquire, sx, LOCKSTAT_READER);
	return (1);
}

/* From the only sharer to the exclusive owner; 0 if there are other sharers. */
int
_sx_try_upgrade(struct sx *sx, const char *file, int line)
{
	uintptr_t v = sx->sx_lock;

	if ((v & SX_LOCK_SHARED) == 0)
		panic("sx_try_upgrade: %s is not share-locked, at %s:%d", sx->lock_object.lo_name, file, line);
	if (sx_sharers(v) != 1)
		return (0);
	if (!atomic_cmpset_acq_ptr(&sx->sx_lock, v, (uintptr_t)curthread | (v & SX_LOCK_WAITERS)))
		return (0);
	LOCKSTAT_RECORD0(sx__upgrade, sx);
	return (1);
}

void
_sx_downgrade(struct sx *sx, const char *file, int line)
{
	uintptr_t v = sx->sx_lock;

	if (sx_owner(v) != (uintptr_t)curthread || sx->sx_recurse > 0)
		panic("sx_downgrade: %s is not exclusively locked here, at %s:%d", sx->lock_object.lo_name, file, line);
	thread_lock(curthread);
	sx->sx_lock = SX_UNLOCKED + SX_ONE_SHARER;
	if (v & SX_LOCK_WAITERS)
		sleepq_broadcast(sx);
	thread_unlock(curthread);
	LOCKSTAT_RECORD0(sx__downgrade, sx);
}

int
_sx_xlocked(const struct sx *sx)
{
	return (sx_owner(sx->sx_lock) == (uintptr_t)curthread);
}

void
_sx_assert(const struct sx *sx, int what, const char *file, int line)
{
	uintptr_t v = sx->sx_lock;
	bool shared = (v & SX_LOCK_SHARED) && sx_sharers(v) > 0, exclusive = sx_xlocked(sx), good;

	if (panicstr != NULL)
		return;
	good = what == SA_XLOCKED ? exclusive : what == SA_SLOCKED ? shared : what == SA_LOCKED ? shared || exclusive : !exclusive;
	if (!good)
		panic("sx_assert: %s in the wrong state, %d wanted, at %s:%d", sx->lock_object.lo_name, what, file, line);
}
