/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Running an ECB: room in the buffer, predicate, then its actions in order until one faults.
 *
 * A record counts only once it is complete: the buffer's offset moves when all actions have run
 * without a fault or drop.  Interrupts are off.  The steps are inlined: each frame between a probe
 * and stack() is a frame the walk has to pass.
 */
#include "dtrace/dif.h"
#include <abi/pvctl.h>

struct dtrace_run {
	struct dtrace_state *state;
	const struct dtrace_ecb *ecb;
	struct dtrace_mstate *mstate;
	uint8_t		*record;
};

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
	if (act->difo->rflags & DPROG_TF_BYREF)
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
	dtrace_aggregate(run->state, run->ecb->clause, act, tuple, value);
}

static __always_inline void
dtrace_action_run(struct dtrace_run *run, const struct dtrace_action *act)
{
	uint8_t *p = run->record + act->offset + (act->intuple ? act->tuple : 0);
	uint64_t value = 0;

	if (act->difo != NULL)
		value = dif_emulate(act->difo, run->mstate, run->state);
	if (dtrace_cpu.flags & CPU_DTRACE_FAULT)
		return;
	if (DTRACEACT_ISAGG(act->kind))
		dtrace_act_aggregate(run, act, p, value);
	else if (act->kind == DTRACEACT_STACK)
		dtrace_act_stack(run, act, p, value);
	else if (act->kind == DTRACEACT_EXIT)
		dtrace_act_exit(run, act, p, value);
	else
		dtrace_act_store(run, act, p, value);
}

u_int
dtrace_flags_to_fault(u_int flags)
{
	static const struct { u_int flag, fault; } faults[] = {
		{ CPU_DTRACE_DIVZERO, DTRACEFLT_DIVZERO },
		{ CPU_DTRACE_ILLOP, DTRACEFLT_ILLOP },
		{ CPU_DTRACE_KPRIV, DTRACEFLT_KPRIV },
		{ CPU_DTRACE_UPRIV, DTRACEFLT_UPRIV },
		{ CPU_DTRACE_TUPOFLOW, DTRACEFLT_TUPOFLOW },
		{ CPU_DTRACE_BADALIGN, DTRACEFLT_BADALIGN },
		{ CPU_DTRACE_NOSCRATCH, DTRACEFLT_NOSCRATCH },
		{ CPU_DTRACE_BADADDR, DTRACEFLT_BADADDR },
		{ CPU_DTRACE_BADSTACK, DTRACEFLT_BADSTACK },
	};

	for (u_int n = 0; n < nitems(faults); n++)
		if (flags & faults[n].flag)
			return (faults[n].fault);
	return (DTRACEFLT_UNKNOWN);
}

/* Counts the error and fires ERROR, unless it is ERROR's own; where = 1-based action, 0 = predicate. */
void
dtrace_ecb_fault(struct dtrace_run *run, u_int where)
{
	u_int flags = dtrace_cpu.flags;
	uint64_t args[6];

	run->state->buffer.errors++;
	dtrace_cpu.flags &= ~CPU_DTRACE_ERROR;
	if (run->mstate->probe->id == DTRACE_PROBEID_ERROR)
		return;
	args[0] = (uintptr_t)run->state;
	args[1] = run->ecb->epid;
	args[2] = where;
	args[3] = (uint64_t)(int64_t)run->mstate->fltoffs;
	args[4] = dtrace_flags_to_fault(flags);
	args[5] = flags & (CPU_DTRACE_BADADDR | CPU_DTRACE_BADALIGN) ? dtrace_cpu.illval : 0;
	dtrace_fire(DTRACE_PROBEID_ERROR, args, nitems(args), run->mstate->timestamp);
}

/* Runs predicate and actions; returns 1 if the record is to be kept, or the 1-based action / 0 that faulted in *where. */
static __always_inline int
dtrace_ecb_actions(struct dtrace_run *run, u_int *where)
{
	const struct dtrace_clause *clause = run->ecb->clause;

	*where = 0;
	if (clause->predicate != NULL && dif_emulate(clause->predicate, run->mstate, run->state) == 0)
		return (0);
	while (*where < clause->nactions && !(dtrace_cpu.flags & CPU_DTRACE_FAULT)) {
		run->mstate->fltoffs = -1;
		dtrace_action_run(run, &clause->actions[(*where)++]);
	}
	return (1);
}

/* Does what one ECB asks for at a firing. */
void
dtrace_ecb_run(struct dtrace_state *state, const struct dtrace_ecb *ecb, struct dtrace_mstate *mstate)
{
	const struct dtrace_clause *clause = ecb->clause;
	struct dtrace_run run = { state, ecb, mstate, NULL };
	struct dtrace_rechdr *header;
	u_int where;
	long offs;
	int keep;

	dtrace_cpu.flags &= ~CPU_DTRACE_ERROR;
	offs = dtrace_buffer_reserve(&state->buffer, clause->needed, clause->alignment, mstate);
	if (offs < 0)
		return;
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
		state->buffer.offset = (size_t)offs + clause->size;
}
