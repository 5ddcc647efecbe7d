/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mutexes: MTX_DEF puts a waiter to sleep, MTX_SPIN masks interrupts while held.
 *
 * mtx_lock() and friends are macros that call real functions, so that every acquisition is a
 * probe point.  mtx_lock holds the owner, or'ed with MTX_CONTESTED while somebody waits.
 */
#ifndef SYS_MUTEX_H
#define SYS_MUTEX_H

#include <sys/lock.h>

struct mtx {
	struct lock_object	lock_object;
	volatile uintptr_t	mtx_lock;
	u_int			mtx_recurse;
};

#define MTX_DEF			0x00
#define MTX_SPIN		0x01
#define MTX_RECURSE		0x04
#define MTX_NOWITNESS		0x08
#define MTX_DUPOK		0x10
#define MTX_QUIET		0x20
#define MTX_NEW			0x40

#define MTX_UNOWNED		0x0
#define MTX_CONTESTED		0x1
#define MTX_FLAGMASK		0x3
#define MTX_DESTROYED		0x2

void	mtx_init(struct mtx *m, const char *name, const char *type, int opts);
void	mtx_destroy(struct mtx *m);
void	_mtx_lock_flags(struct mtx *m, int opts, const char *file, int line);
void	_mtx_unlock_flags(struct mtx *m, int opts, const char *file, int line);
int	_mtx_trylock(struct mtx *m, int opts, const char *file, int line);
void	_mtx_lock_sleep(struct mtx *m, uintptr_t tid, int opts, const char *file, int line);
void	_mtx_unlock_sleep(struct mtx *m, int opts, const char *file, int line);
void	_mtx_lock_spin_flags(struct mtx *m, int opts, const char *file, int line);
void	_mtx_unlock_spin_flags(struct mtx *m, int opts, const char *file, int line);
void	_mtx_assert(const struct mtx *m, int what, const char *file, int line);
int	_mtx_owned(const struct mtx *m);

#define mtx_lock(m)		_mtx_lock_flags((m), 0, LOCK_FILE, LOCK_LINE)
#define mtx_lock_flags(m, o)	_mtx_lock_flags((m), (o), LOCK_FILE, LOCK_LINE)
#define mtx_unlock(m)		_mtx_unlock_flags((m), 0, LOCK_FILE, LOCK_LINE)
#define mtx_unlock_flags(m, o)	_mtx_unlock_flags((m), (o), LOCK_FILE, LOCK_LINE)
#define mtx_trylock(m)		_mtx_trylock((m), 0, LOCK_FILE, LOCK_LINE)
#define mtx_lock_spin(m)	_mtx_lock_spin_flags((m), 0, LOCK_FILE, LOCK_LINE)
#define mtx_unlock_spin(m)	_mtx_unlock_spin_flags((m), 0, LOCK_FILE, LOCK_LINE)
#define mtx_owned(m)		_mtx_owned(m)
#define mtx_assert(m, what)	_mtx_assert((m), (what), LOCK_FILE, LOCK_LINE)
#define mtx_initialized(m)	(((m)->lock_object.lo_flags & LO_INITIALIZED) != 0)
#define mtx_name(m)		((m)->lock_object.lo_name)

#define MA_NOTOWNED		0x00
#define MA_OWNED		0x01

/* One lock for what has no better home, as in FreeBSD. */
extern struct mtx Giant;

#endif
