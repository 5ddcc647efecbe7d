/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The DIF tuple stack: keys of associative arrays, and arguments of subroutines.
 *
 * A value is pushed with size 0; an object by reference with its address and size.  Strings are
 * measured when pushed, so that equal strings make equal keys whatever follows their NUL; a null one
 * cannot be, and is a bad address.
 */
#include "dtrace/dif.h"

struct dtrace_key *
dif_push(struct dif_machine *m)
{

	if (m->ttop == DIF_DTR_NREGS) {
		dtrace_fault(CPU_DTRACE_TUPOFLOW, 0);
		return (NULL);
	}
	return (&m->tupregs[m->ttop++]);
}

void
dif_pushtr(struct dif_machine *m, dif_instr_t i)
{
	struct dtrace_key *key;
	uint64_t addr = RD(m, i), size = R2(m, i);

	if ((key = dif_push(m)) == NULL)
		return;
	if (DIF_INSTR_R1(i) == DIF_TYPE_STRING) {
		if (size == 0 || size > m->state->strsize)
			size = m->state->strsize;
		size = dtrace_strlen((uintptr_t)addr, (size_t)size) + 1;
	}
	key->value = addr;
	key->size = size;
}

void
dif_pushtv(struct dif_machine *m, dif_instr_t i)
{
	struct dtrace_key *key;

	if ((key = dif_push(m)) == NULL)
		return;
	key->value = RD(m, i);
	key->size = 0;
}

void
dif_popts(struct dif_machine *m, dif_instr_t i)
{

	if (m->ttop != 0)
		m->ttop--;
}

void
dif_flushts(struct dif_machine *m, dif_instr_t i)
{

	m->ttop = 0;
}

/* Calls a subroutine; arguments that were not pushed read as zero. */
void
dif_call(struct dif_machine *m, dif_instr_t i)
{
	const struct dif_subr *subr = dif_subr_lookup(DIF_INSTR_INDEX(i));

	if (subr == NULL) {
		dtrace_fault(CPU_DTRACE_ILLOP, DIF_INSTR_INDEX(i));
		return;
	}
	for (u_int n = m->ttop; n < subr->nargs; n++)
		m->tupregs[n].value = m->tupregs[n].size = 0;
	RD(m, i) = subr->run(m, m->tupregs);
}
