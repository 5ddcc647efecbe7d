/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DIF subroutines on locks: who holds a mutex, an rwlock or an sx lock.
 *
 * Nothing is locked: the lock word is read, softly, and told as it is.  rwlock and sx words are
 * built alike (sys/rwlock.h, sys/sx.h), so one set serves both; a mutex's has its own flags.
 */
#include <sys/mutex.h>
#include <sys/rwlock.h>
#include <sys/sx.h>
#include <sys/pcpu.h>
#include "dtrace/dif_subr.h"

_Static_assert(__builtin_offsetof(struct rwlock, rw_lock) == __builtin_offsetof(struct sx, sx_lock) &&
    RW_LOCK_READ == SX_LOCK_SHARED && RW_LOCK_WAITERS == SX_LOCK_WAITERS && RW_FLAGMASK == SX_FLAGMASK,
    "rwlock and sx are read alike");

uint32_t
dif_lock_flags(uintptr_t lock)
{

	return (dtrace_load32(lock + __builtin_offsetof(struct lock_object, lo_flags)));
}

uint64_t
subr_mutex_owner(struct dif_machine *m, const struct dtrace_key *args)
{

	return (dtrace_load32(ARG_ADDR(0) + __builtin_offsetof(struct mtx, mtx_lock)) & ~(uint32_t)MTX_FLAGMASK);
}

/* By the current thread. */
uint64_t
subr_mutex_owned(struct dif_machine *m, const struct dtrace_key *args)
{

	return (subr_mutex_owner(m, args) == (uint32_t)(uintptr_t)curthread);
}

uint64_t
subr_mutex_type_adaptive(struct dif_machine *m, const struct dtrace_key *args)
{

	return ((dif_lock_flags(ARG_ADDR(0)) & LO_CLASS_MTX) != 0);
}

uint64_t
subr_mutex_type_spin(struct dif_machine *m, const struct dtrace_key *args)
{

	return ((dif_lock_flags(ARG_ADDR(0)) & LO_CLASS_SPIN) != 0);
}

/* rw_read_held, sx_shared_held: by anybody. */
uint64_t
subr_lock_shared(struct dif_machine *m, const struct dtrace_key *args)
{
	uint32_t word = dtrace_load32(ARG_ADDR(0) + __builtin_offsetof(struct rwlock, rw_lock));

	return ((word & RW_LOCK_READ) != 0 && (word & ~(uint32_t)RW_FLAGMASK) != 0);
}

/* rw_write_held, sx_exclusive_held: by anybody. */
uint64_t
subr_lock_exclusive(struct dif_machine *m, const struct dtrace_key *args)
{
	uint32_t word = dtrace_load32(ARG_ADDR(0) + __builtin_offsetof(struct rwlock, rw_lock));

	return ((word & RW_LOCK_READ) == 0 && (word & ~(uint32_t)RW_FLAGMASK) != 0);
}

/* rw_iswriter, sx_isexclusive: held so, or held shared while somebody waits, who then wants it so. */
uint64_t
subr_lock_wanted(struct dif_machine *m, const struct dtrace_key *args)
{
	uint32_t word = dtrace_load32(ARG_ADDR(0) + __builtin_offsetof(struct rwlock, rw_lock));

	return ((word & ~(uint32_t)RW_FLAGMASK) != 0 && (word & (RW_LOCK_READ | RW_LOCK_WAITERS)) != RW_LOCK_READ);
}
