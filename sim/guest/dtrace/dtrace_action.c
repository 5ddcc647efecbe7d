/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Running an ECB: room in the buffer, predicate, then its actions in order until one faults or drops.
 *
 * A record counts only once it is complete: the buffer's offset moves when all actions have run
 * without a fault or drop.  Interrupts are off.  The steps are inlined: each frame between a probe
 * and stack() is a frame the walk has to pass.
 */
#include <sys/systm.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <abi/pvctl.h>
#include "dtrace/dif.h"
#include "dtrace/dtrace_act.h"

/* Stores a value of 1, 2, 4 or 8 bytes; alignment is the layout's. */
void
dtrace_store_value(uint8_t *p, u_int size, uint64_t value)
{

	switch (size) {
	case 1:
		*p = (uint8_t)value;
		break;
	case 2:
		*(uint16_t *)(void *)p = (uint16_t)value;
		break;
	case 4:
		*(uint32_t *)(void *)p = (uint32_t)value;
		break;
	case 8:
		*(uint64_t *)(void *)p = value;
		break;
	}
}

/* Stores a by-reference result: a string to its NUL, zeroes after it unless it is a key; others whole. */
void
dtrace_store_byref(const struct dtrace_action *act, uint8_t *p, uintptr_t src)
{
	int isstring = act->difo->rkind == DPROG_TYPE_STRING;
	uint8_t c = 1;

	for (u_int n = 0; n < act->size && !(dtrace_cpu.flags & CPU_DTRACE_FAULT); n++) {
		if (!isstring || c != '\0')
			c = dtrace_load8(src + n);
		p[n] = c;
		if (isstring && c == '\0' && act->intuple)
			return;
	}
	if (isstring && act->size != 0)
		p[act->size - 1] = '\0';
}

static __always_inline void
dtrace_act_store(struct dtrace_run *run, const struct dtrace_action *act, uint8_t *p, uint64_t value)
{

	if (act->size == 0)
		return;
	if ((act->difo->rflags & DPROG_TF_BYREF) || act->kind == DTRACEACT_TRACEMEM)
		dtrace_store_byref(act, p, (uintptr_t)value);
	else
		dtrace_store_value(p, act->size, value);
}

/* exit(): tracing drains from here on; the consumer sees it at its next DTRACEIOC_WAIT, the host at once. */
void
dtrace_act_exit(struct dtrace_run *run, const struct dtrace_action *act, uint8_t *p, uint64_t value)
{
	uint32_t args[2] = { 2, (uint32_t)value };

	dtrace_store_value(p, act->size, value);
	if (run->state->activity > DTRACE_ACTIVITY_DRAINING)
		return;
	run->state->activity = DTRACE_ACTIVITY_DRAINING;
	run->state->exit_value = (int)value;
	dtrace_event(PV_EV_ACTIVITY, 2, args);
}

static __always_inline void
dtrace_act_stack(struct dtrace_run *run, const struct dtrace_action *act, uint8_t *p, uint64_t value)
{

	dtrace_getpcstack((uint32_t *)(void *)p, act->size / sizeof(uint32_t));
	/* A walk that could not be done is no error of the program: it is counted, and the stack is short. */
	if (dtrace_cpu.flags & CPU_DTRACE_BADSTACK) {
		dtrace_cpu.flags &= ~CPU_DTRACE_BADSTACK;
		run->state->buffer.errors++;
	}
}

static __always_inline void
dtrace_act_aggregate(struct dtrace_run *run, const struct dtrace_action *act, uint8_t *p, uint64_t value)
{
	uint8_t *tuple = run->record + act->tuple;

	*(uint32_t *)(void *)tuple = act->aggid;
	dtrace_aggregate(run->state, run->ecb->clause, act, tuple, value, act->counted ? run->value : 1);
}

/* A cacheable predicate was false: until something about the thread changes, it is so again. */
static __always_inline void
dtrace_predcache_set(const struct dtrace_run *run)
{

	if (run->ecb->clause->cacheid != 0)
		curthread->td_predcache = run->ecb->clause->cacheid;
}

static __always_inline void
dtrace_action_run(struct dtrace_run *run, const struct dtrace_action *act)
{
	uint8_t *p;
	uint64_t value = 0;

	if (act->difo != NULL)
		value = dif_emulate(act->difo, run->mstate, run->state);
	if (dtrace_cpu.flags & CPU_DTRACE_ERROR)
		return;
	p = run->record + act->offset + (act->intuple ? act->tuple : 0);
	if (DTRACEACT_ISAGG(act->kind))
		dtrace_act_aggregate(run, act, p, value);
	else if (act->kind == DTRACEACT_STACK)
		dtrace_act_stack(run, act, p, value);
	else if (act->kind == DTRACEACT_EXIT)
		dtrace_act_exit(run, act, p, value);
	else if (act->plain)
		dtrace_act_store(run, act, p, value);
	else
		dtrace_act_other(run, act, p, value);
	run->value = value;
}

/* Runs predicate and actions; returns 1 if the record is to be kept, or the 1-based action / 0 that faulted in *where. */
static __always_inline int
dtrace_ecb_actions(struct dtrace_run *run, u_int *where)
{
	const struct dtrace_clause *clause = run->ecb->clause;

	*where = 0;
	if (clause->predicate != NULL && dif_emulate(clause->predicate, run->mstate, run->state) == 0) {
		if (!(dtrace_cpu.flags & CPU_DTRACE_ERROR))
			dtrace_predcache_set(run);
		return (0);
	}
	while (*where < clause->nactions && !(dtrace_cpu.flags & CPU_DTRACE_ERROR)) {
		run->mstate->fltoffs = -1;
		dtrace_action_run(run, &clause->actions[(*where)++]);
	}
	return (!run->committed);
}

/* Does what one ECB asks for at a firing. */
void
dtrace_ecb_run(struct dtrace_state *state, const struct dtrace_ecb *ecb, struct dtrace_mstate *mstate)
{
	const struct dtrace_clause *clause = ecb->clause;
	struct dtrace_run run = { state, ecb, mstate, &state->buffer, NULL, 0, 0, 0 };
	struct dtrace_rechdr *header;
	u_int where;
	long offs;
	int keep;

	dtrace_cpu.flags &= ~CPU_DTRACE_ERROR;
	offs = dtrace_buffer_reserve(&state->buffer, clause->needed, clause->alignment, mstate);
	if (offs < 0)
		return;
	run.offs = (size_t)offs;
	run.record = state->buffer.tomax + offs;
	mstate->epid = ecb->epid;
	mstate->fltoffs = -1;
	if (clause->size != 0) {
		header = (struct dtrace_rechdr *)(void *)run.record;
		header->epid = ecb->epid;
		header->timestamp_hi = (uint32_t)(mstate->timestamp >> 32);
		header->timestamp_lo = (uint32_t)mstate->timestamp;
	}
	keep = dtrace_ecb_actions(&run, &where);
	if (dtrace_cpu.flags & CPU_DTRACE_FAULT)
		dtrace_ecb_fault(&run, where);
	else if (keep && !(dtrace_cpu.flags & CPU_DTRACE_DROP))
		run.buffer->offset = run.offs + clause->size;
}
