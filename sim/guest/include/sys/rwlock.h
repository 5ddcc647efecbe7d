/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reader/writer locks: many readers or one writer, never held across a long sleep.
 *
 * rw_lock is the writer's thread, or (readers << 2) | RW_LOCK_READ; RW_LOCK_WAITERS is or'ed in.
 */
#ifndef SYS_RWLOCK_H
#define SYS_RWLOCK_H

#include <sys/lock.h>

struct rwlock {
	struct lock_object	lock_object;
	volatile uintptr_t	rw_lock;
	u_int			rw_recurse;
};

#define RW_LOCK_READ		0x1
#define RW_LOCK_WAITERS		0x2
#define RW_ONE_READER		0x4
#define RW_UNLOCKED		RW_LOCK_READ
#define RW_FLAGMASK		0x3

#define RW_RECURSE		0x04

void	rw_init_flags(struct rwlock *rw, const char *name, int opts);
void	rw_destroy(struct rwlock *rw);
void	_rw_wlock(struct rwlock *rw, const char *file, int line);
void	_rw_wunlock(struct rwlock *rw, const char *file, int line);
int	_rw_try_wlock(struct rwlock *rw, const char *file, int line);
void	_rw_rlock(struct rwlock *rw, const char *file, int line);
void	_rw_runlock(struct rwlock *rw, const char *file, int line);
int	_rw_try_upgrade(struct rwlock *rw, const char *file, int line);
void	_rw_downgrade(struct rwlock *rw, const char *file, int line);
void	_rw_assert(const struct rwlock *rw, int what, const char *file, int line);
int	_rw_wowned(const struct rwlock *rw);

#define rw_init(rw, name)	rw_init_flags((rw), (name), 0)
#define rw_wlock(rw)		_rw_wlock((rw), LOCK_FILE, LOCK_LINE)
#define rw_wunlock(rw)		_rw_wunlock((rw), LOCK_FILE, LOCK_LINE)
#define rw_try_wlock(rw)	_rw_try_wlock((rw), LOCK_FILE, LOCK_LINE)
#define rw_rlock(rw)		_rw_rlock((rw), LOCK_FILE, LOCK_LINE)
#define rw_runlock(rw)		_rw_runlock((rw), LOCK_FILE, LOCK_LINE)
#define rw_try_upgrade(rw)	_rw_try_upgrade((rw), LOCK_FILE, LOCK_LINE)
#define rw_downgrade(rw)	_rw_downgrade((rw), LOCK_FILE, LOCK_LINE)
#define rw_assert(rw, what)	_rw_assert((rw), (what), LOCK_FILE, LOCK_LINE)
#define rw_wowned(rw)		_rw_wowned(rw)

#define RA_LOCKED		0x1
#define RA_WLOCKED		0x2
#define RA_RLOCKED		0x3
#define RA_UNLOCKED		0x0

#endif
