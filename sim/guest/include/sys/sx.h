/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Shared/exclusive locks: like rwlocks, but may be held across a sleep.
 *
 * sx_lock is the exclusive owner, or (sharers << 2) | SX_LOCK_SHARED; SX_LOCK_WAITERS is or'ed in.
 */
#ifndef SYS_SX_H
#define SYS_SX_H

#include <sys/lock.h>

struct sx {
	struct lock_object	lock_object;
	volatile uintptr_t	sx_lock;
	u_int			sx_recurse;
};

#define SX_LOCK_SHARED		0x1
#define SX_LOCK_WAITERS		0x2
#define SX_ONE_SHARER		0x4
#define SX_UNLOCKED		SX_LOCK_SHARED
#define SX_FLAGMASK		0x3

#define SX_RECURSE		0x04
#define SX_DUPOK		0x10
#define SX_INTERRUPTIBLE	0x40

void	sx_init_flags(struct sx *sx, const char *name, int opts);
void	sx_destroy(struct sx *sx);
int	_sx_xlock(struct sx *sx, int opts, const char *file, int line);
void	_sx_xunlock(struct sx *sx, const char *file, int line);
int	_sx_slock(struct sx *sx, int opts, const char *file, int line);
void	_sx_sunlock(struct sx *sx, const char *file, int line);
int	_sx_try_xlock(struct sx *sx, const char *file, int line);
int	_sx_try_slock(struct sx *sx, const char *file, int line);
int	_sx_try_upgrade(struct sx *sx, const char *file, int line);
void	_sx_downgrade(struct sx *sx, const char *file, int line);
void	_sx_assert(const struct sx *sx, int what, const char *file, int line);
int	_sx_xlocked(const struct sx *sx);

#define sx_init(sx, name)	sx_init_flags((sx), (name), 0)
#define sx_xlock(sx)		(void)_sx_xlock((sx), 0, LOCK_FILE, LOCK_LINE)
#define sx_xunlock(sx)		_sx_xunlock((sx), LOCK_FILE, LOCK_LINE)
#define sx_slock(sx)		(void)_sx_slock((sx), 0, LOCK_FILE, LOCK_LINE)
#define sx_sunlock(sx)		_sx_sunlock((sx), LOCK_FILE, LOCK_LINE)
#define sx_try_xlock(sx)	_sx_try_xlock((sx), LOCK_FILE, LOCK_LINE)
#define sx_try_slock(sx)	_sx_try_slock((sx), LOCK_FILE, LOCK_LINE)
#define sx_try_upgrade(sx)	_sx_try_upgrade((sx), LOCK_FILE, LOCK_LINE)
#define sx_downgrade(sx)	_sx_downgrade((sx), LOCK_FILE, LOCK_LINE)
#define sx_assert(sx, what)	_sx_assert((sx), (what), LOCK_FILE, LOCK_LINE)
#define sx_xlocked(sx)		_sx_xlocked(sx)
#define sx_unlock(sx)		do {					\
	if (sx_xlocked(sx))						\
		sx_xunlock(sx);						\
	else								\
		sx_sunlock(sx);						\
} while (0)

#define SA_UNLOCKED		0x0
#define SA_LOCKED		0x1
#define SA_XLOCKED		0x2
#define SA_SLOCKED		0x3

#endif
