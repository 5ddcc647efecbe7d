/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DIF subroutines on memory: copying from and to the user, scratch, memory as text; the family tree and
 * speculations.
 *
 * A user page that is not resident cannot be brought in here (interrupts are off): that is a bad
 * address, as published.
 */
#include <sys/systm.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include "dtrace/dif_subr.h"

#define DIF_MAXMEMSTR	4096	/* as published */

/* Returns scratch for a size a program gave, which may not fit the machine's size_t. */
uint8_t *
dif_scratch(struct dif_machine *m, uint64_t size)
{

	if (size > m->mstate->scratch_size) {
		dtrace_fault(CPU_DTRACE_NOSCRATCH, 0);
		return (NULL);
	}
	return (dtrace_scratch(m->mstate, (size_t)size));
}

uint64_t
subr_copyin(struct dif_machine *m, const struct dtrace_key *args)
{
	uint8_t *d = dif_scratch(m, ARG(1));

	if (d != NULL)
		dtrace_copyin(ARG_ADDR(0), d, (size_t)ARG(1), 0);
	return ((uintptr_t)d);
}

uint64_t
subr_copyinstr(struct dif_machine *m, const struct dtrace_key *args)
{
	uint64_t size = m->state->strsize;
	uint8_t *d;

	if (m->ttop > 1 && ARG(1) < size - 1)
		size = ARG(1) + 1;
	if ((d = dif_scratch(m, m->state->strsize)) != NULL)
		dtrace_copyin(ARG_ADDR(0), d, (size_t)size, 1);
	return ((uintptr_t)d);
}

/* Checks a destination the program gave. */
int
dif_destination(struct dif_machine *m, uint64_t addr, uint64_t size)
{

	if (size == (size_t)size && dtrace_canstore((uintptr_t)addr, (size_t)size, m->mstate, m->state))
		return (1);
	dtrace_fault(CPU_DTRACE_BADADDR, addr);
	return (0);
}

uint64_t
subr_copyinto(struct dif_machine *m, const struct dtrace_key *args)
{

	if (dif_destination(m, ARG(2), ARG(1)))
		dtrace_copyin(ARG_ADDR(0), (uint8_t *)ARG_ADDR(2), (size_t)ARG(1), 0);
	return (0);
}

uint64_t
subr_bcopy(struct dif_machine *m, const struct dtrace_key *args)
{

	if (dif_destination(m, ARG(1), ARG(2)))
		dtrace_bcopy_safe(ARG_ADDR(0), (uint8_t *)ARG_ADDR(1), (size_t)ARG(2));
	return (0);
}

uint64_t
subr_alloca(struct dif_machine *m, const struct dtrace_key *args)
{

	return ((uintptr_t)dif_scratch(m, ARG(0)));
}

/* Copies size bytes of the kernel's, or of a string up to its NUL, to the user; in pieces, as either side may fault. */
uint64_t
dif_copyout(uintptr_t from, uintptr_t uaddr, uint64_t size, int isstring)
{
	uint8_t c = 1;

	for (uint64_t n = 0; n < size && !(isstring && c == '\0'); n++) {
		c = dtrace_load8(from + (uintptr_t)n);
		if (dtrace_cpu.flags & CPU_DTRACE_FAULT)
			break;
		dtrace_copyout(&c, uaddr + (uintptr_t)n, 1);
		if (dtrace_cpu.flags & CPU_DTRACE_FAULT)
			break;
	}
	return (0);
}

uint64_t
subr_copyout(struct dif_machine *m, const struct dtrace_key *args)
{

	return (dif_copyout(ARG_ADDR(0), ARG_ADDR(1), ARG(2), 0));
}

uint64_t
subr_copyoutstr(struct dif_machine *m, const struct dtrace_key *args)
{

	return (dif_copyout(ARG_ADDR(0), ARG_ADDR(1), MIN(ARG(2), m->state->strsize), 1));
}

/* An address and a size side by side, for printm(). */
uint64_t
subr_memref(struct dif_machine *m, const struct dtrace_key *args)
{
	uintptr_t *ref = dtrace_scratch(m->mstate, 2 * sizeof(uintptr_t));

	if (ref == NULL)
		return (0);
	ref[0] = ARG_ADDR(0);
	ref[1] = ARG(1) > (uintptr_t)-1 ? (uintptr_t)-1 : (uintptr_t)ARG(1);
	return ((uintptr_t)ref);
}

/* Memory as a string of size - 1 characters, with another character for each NUL. */
uint64_t
subr_memstr(struct dif_machine *m, const struct dtrace_key *args)
{
	uint64_t size = ARG(2);
	uint8_t *d, c;

	if (size == 0)
		return (0);
	if (size > DIF_MAXMEMSTR) {
		dtrace_fault(CPU_DTRACE_ILLOP, size);
		return (0);
	}
	if ((d = dif_scratch(m, size)) == NULL)
		return (0);
	for (size_t n = 0; n + 1 < size; n++) {
		c = dtrace_load8(ARG_ADDR(0) + n);
		d[n] = c == '\0' ? (uint8_t)ARG(1) : c;
	}
	d[size - 1] = '\0';
	return ((uintptr_t)d);
}

uint64_t
subr_speculation(struct dif_machine *m, const struct dtrace_key *args)
{

	return (dtrace_speculation(m->state, m->mstate->timestamp));
}

uint64_t
subr_progenyof(struct dif_machine *m, const struct dtrace_key *args)
{
	const struct proc *p;

	/* Process 0 is its own parent. */
	for (p = curthread->td_proc; p != NULL && p->p_pid != (pid_t)ARG(0); p = p->p_pptr)
		if (p->p_pptr == p)
			return (0);
	return (p != NULL);
}
