/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The actions that are neither plain data nor on stack()'s way: user stacks and addresses, printm(),
 * speculation.  The destructive ones are in dtrace_destructive.c.
 *
 * Interrupts are off.
 */
#include <sys/systm.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include "dtrace/dtrace_act.h"

/* ustack(), jstack(): the process, then program counters, then the strings a translator of frames would fill. */
void
dtrace_act_ustack(const struct dtrace_action *act, uint8_t *p)
{
	u_int limit = DTRACE_USTACK_NFRAMES(act->arg) + 1;

	(void)dtrace_getupcstack((uint64_t *)(void *)p, limit);
	dtrace_bzero(p + limit * sizeof(uint64_t), DTRACE_USTACK_STRSIZE(act->arg));
}

/* printm(): the size, then the bytes, that a memref() names; more than the record has room for is dropped. */
void
dtrace_act_printm(const struct dtrace_action *act, uint8_t *p, uintptr_t memref)
{
	uintptr_t addr = dtrace_load_pointer(memref), size = dtrace_load_pointer(memref + sizeof(uintptr_t));

	if (dtrace_cpu.flags & CPU_DTRACE_FAULT)
		return;
	if (size > act->size - sizeof(uintptr_t)) {
		dtrace_cpu.flags |= CPU_DTRACE_DROP;
		return;
	}
	dtrace_bcopy(&size, p, sizeof(size));
	dtrace_bcopy_safe(addr, p + sizeof(uintptr_t), size);
	dtrace_bzero(p + sizeof(uintptr_t) + size, act->size - sizeof(uintptr_t) - size);
}

/* speculate(): the record goes to the speculation's buffer from here on. */
void
dtrace_act_speculate(struct dtrace_run *run, uint64_t which)
{
	const struct dtrace_clause *clause = run->ecb->clause;
	struct dtrace_buffer *buf = dtrace_speculation_buffer(run->state, which);
	long offs = -1;

	if (buf != NULL)
		offs = dtrace_buffer_reserve(buf, clause->needed, clause->alignment, NULL);
	if (offs < 0) {
		dtrace_cpu.flags |= CPU_DTRACE_DROP;
		return;
	}
	run->buffer = buf;
	run->offs = (size_t)offs;
	run->record = buf->tomax + offs;
	if (clause->size != 0)
		((struct dtrace_rechdr *)(void *)run->record)->epid = run->ecb->epid;
}

/* The actions that are neither plain data nor on stack()'s way. */
void
dtrace_act_other(struct dtrace_run *run, const struct dtrace_action *act, uint8_t *p, uint64_t value)
{

	switch (act->kind) {
	case DTRACEACT_PRINTM:
		dtrace_act_printm(act, p, (uintptr_t)value);
		break;
	case DTRACEACT_USTACK:
	case DTRACEACT_JSTACK:
		dtrace_act_ustack(act, p);
		break;
	case DTRACEACT_USYM:
	case DTRACEACT_UMOD:
	case DTRACEACT_UADDR:
		((uint64_t *)(void *)p)[0] = (uint64_t)(int64_t)curthread->td_proc->p_pid;
		((uint64_t *)(void *)p)[1] = value;
		break;
	case DTRACEACT_SPECULATE:
		dtrace_act_speculate(run, value);
		break;
	case DTRACEACT_COMMIT:
		if (!run->committed)
			dtrace_speculation_commit(run->state, value, run->mstate->timestamp);
		run->committed = 1;
		break;
	case DTRACEACT_DISCARD:
		dtrace_speculation_discard(run->state, value, run->mstate->timestamp);
		break;
	default:
		dtrace_act_destructive(run, act->kind, value);
		break;
	}
}
