/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Atomic operations by load/store exclusive.  One CPU, so there are no barriers to pay for;
 * exception return does clrex.
 */
#ifndef MACHINE_ATOMIC_H
#define MACHINE_ATOMIC_H

#include <sys/types.h>

static __always_inline int
atomic_cmpset_32(volatile uint32_t *p, uint32_t cmp, uint32_t val)
{
	uint32_t old, failed;

	__asm __volatile(
	    "1: ldrex %0, [%2]\n"
	    "   cmp %0, %3\n"
	    "   movne %1, #1\n"
	    "   bne 2f\n"
	    "   strex %1, %4, [%2]\n"
	    "   cmp %1, #0\n"
	    "   bne 1b\n"
	    "2:"
	    : "=&r" (old), "=&r" (failed)
	    : "r" (p), "r" (cmp), "r" (val)
	    : "cc", "memory");
	return (failed == 0);
}

static __always_inline uint32_t
atomic_fetchadd_32(volatile uint32_t *p, uint32_t v)
{
	uint32_t old, sum, failed;

	__asm __volatile(
	    "1: ldrex %0, [%3]\n"
	    "   add %1, %0, %4\n"
	    "   strex %2, %1, [%3]\n"
	    "   cmp %2, #0\n"
	    "   bne 1b\n"
	    : "=&r" (old), "=&r" (sum), "=&r" (failed)
	    : "r" (p), "r" (v)
	    : "cc", "memory");
	return (old);
}

#define atomic_cmpset_int(p, c, v)	atomic_cmpset_32((volatile uint32_t *)(p), (c), (v))
#define atomic_cmpset_ptr(p, c, v)	atomic_cmpset_32((volatile uint32_t *)(p), (uint32_t)(c), (uint32_t)(v))
#define atomic_cmpset_acq_ptr		atomic_cmpset_ptr
#define atomic_cmpset_rel_ptr		atomic_cmpset_ptr
#define atomic_fetchadd_int(p, v)	atomic_fetchadd_32((volatile uint32_t *)(p), (v))
#define atomic_add_32(p, v)		((void)atomic_fetchadd_32((volatile uint32_t *)(p), (uint32_t)(v)))
#define atomic_subtract_32(p, v)	((void)atomic_fetchadd_32((volatile uint32_t *)(p), -(uint32_t)(v)))
#define atomic_add_int(p, v)		atomic_add_32((p), (v))
#define atomic_subtract_int(p, v)	atomic_subtract_32((p), (v))
#define atomic_load_acq_int(p)		(*(volatile u_int *)(p))
#define atomic_load_acq_ptr(p)		(*(volatile uintptr_t *)(p))
#define atomic_store_rel_int(p, v)	(*(volatile u_int *)(p) = (v))
#define atomic_store_rel_ptr(p, v)	(*(volatile uintptr_t *)(p) = (uintptr_t)(v))

#endif
