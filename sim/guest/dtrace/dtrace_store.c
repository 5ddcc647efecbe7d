/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a D program may store: its scratch, its variables' data, and, if it is destructive, the memory of
 * the current user.
 *
 * Interrupts are off.
 */
#include "dtrace/dtrace_impl.h"

/* Stores to the current user's memory, as far as he could himself; a page that is not there is a bad address. */
void
dtrace_copyout(const uint8_t *kaddr, uintptr_t uaddr, size_t size)
{

	if (!dtrace_user_range(uaddr, size)) {
		dtrace_fault(CPU_DTRACE_BADADDR, uaddr);
		return;
	}
	dtrace_cpu.flags |= CPU_DTRACE_NOFAULT;
	for (size_t n = 0; n < size && !(dtrace_cpu.flags & CPU_DTRACE_FAULT); n++)
		dtrace_nofault_ustore8(uaddr + n, kaddr[n]);
	dtrace_cpu.flags &= ~CPU_DTRACE_NOFAULT;
}

int
dtrace_inrange(uintptr_t addr, size_t size, uintptr_t base, size_t basesize)
{

	return (addr >= base && addr - base <= basesize && size <= basesize - (addr - base));
}

/* True if [addr, +size) lies in one dynamic variable's data, past its header and keys. */
int
dtrace_canstore_dynvar(uintptr_t addr, size_t size, const struct dtrace_dstate *ds)
{
	uintptr_t base = (uintptr_t)ds->chunks, chunk;
	const struct dtrace_dynvar *dvar;

	if (base == 0 || !dtrace_inrange(addr, size, base, (size_t)(ds->fresh - ds->chunks)))
		return (0);
	chunk = base + (addr - base) / ds->chunksize * ds->chunksize;
	dvar = (const struct dtrace_dynvar *)chunk;
	if (dvar->data == NULL)
		return (0);
	return (dtrace_inrange(addr, size, (uintptr_t)dvar->data, chunk + ds->chunksize - (uintptr_t)dvar->data));
}

int
dtrace_canstore(uintptr_t addr, size_t size, struct dtrace_mstate *mstate, const struct dtrace_state *state)
{

	if (dtrace_inrange(addr, size, mstate->scratch_base, mstate->scratch_ptr - mstate->scratch_base))
		return (1);
	/* Static variables.  Their headers lie among them: overwriting one only changes NULL to non-NULL. */
	if (dtrace_inrange(addr, size, (uintptr_t)state->statics, state->statics_bytes))
		return (1);
	return (dtrace_canstore_dynvar(addr, size, &state->dstate));
}

/* Returns size bytes of scratch, 8-aligned and not cleared, or NULL with NOSCRATCH noted; gone when the firing ends. */
void *
dtrace_scratch(struct dtrace_mstate *mstate, size_t size)
{
	uintptr_t p = roundup2(mstate->scratch_ptr, 8);
	uintptr_t end = mstate->scratch_base + mstate->scratch_size;

	if (p > end || size > end - p) {
		dtrace_fault(CPU_DTRACE_NOSCRATCH, 0);
		return (NULL);
	}
	mstate->scratch_ptr = p + size;
	return ((void *)p);
}
