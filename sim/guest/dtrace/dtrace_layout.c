/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a clause's data goes: in the record for plain actions, in a tuple for an aggregation's keys.
 *
 * A record is the 12-byte header, then each value aligned to the largest power of two that divides
 * its size (at most 8).  Tuples lie behind the record, in scratch: { aggid, keys …, value }.
 * Runs when a program is loaded, before any probe can fire.
 */
#include "dtrace/dtrace_impl.h"

#define DTRACE_MAXFRAMES	256
#define DTRACE_MAXUFRAMES	4096
#define DTRACE_MAXSTRSPACE	0x10000
#define DTRACE_MAXRECORD	(1024 * 1024)

u_int
dtrace_alignment(u_int size)
{
	u_int align = size & (0 - size);

	return (align == 0 ? 1 : MIN(align, 8));
}

/* True if the kind stores what its DIFO returns, and nothing else happens. */
int
dtrace_action_isplain(u_int kind)
{

	return ((kind >= DTRACEACT_DIFEXPR && kind < DTRACEACT_PRINTM && kind != DTRACEACT_EXIT) ||
	    kind == DTRACEACT_SYSTEM || kind == DTRACEACT_FREOPEN || kind == DTRACEACT_SYM || kind == DTRACEACT_MOD);
}

/* Sets *size to what an action stores that is more than its DIFO's value; EINVAL if it is none of these. */
int
dtrace_action_size_fixed(const struct dtrace_action *act, u_int *size)
{
	uint64_t frames = DTRACE_USTACK_NFRAMES(act->arg), strings = DTRACE_USTACK_STRSIZE(act->arg);

	switch (act->kind) {
	case DTRACEACT_USTACK:
	case DTRACEACT_JSTACK:
		if (frames == 0 || frames > DTRACE_MAXUFRAMES || strings > DTRACE_MAXSTRSPACE || (strings & 7) != 0)
			return (EINVAL);
		*size = (u_int)((frames + 1) * sizeof(uint64_t) + strings);
		return (0);
	case DTRACEACT_USYM:
	case DTRACEACT_UMOD:
	case DTRACEACT_UADDR:
		*size = 2 * sizeof(uint64_t);
		return (act->difo == NULL ? EINVAL : 0);
	case DTRACEACT_SYM:
	case DTRACEACT_MOD:
	case DTRACEACT_TRACEMEM_DYNSIZE:
		*size = sizeof(uint64_t);
		return (act->difo == NULL ? EINVAL : 0);
	case DTRACEACT_PRINTM:
		*size = act->difo == NULL ? 0 : act->difo->rsize;
		return (*size <= sizeof(uintptr_t) ? EINVAL : 0);
	case DTRACEACT_STOP:
	case DTRACEACT_PANIC:
	case DTRACEACT_BREAKPOINT:
		return (0);
	case DTRACEACT_RAISE:
	case DTRACEACT_CHILL:
	case DTRACEACT_SPECULATE:
	case DTRACEACT_COMMIT:
	case DTRACEACT_DISCARD:
		return (act->difo == NULL || (act->difo->rflags & DPROG_TF_BYREF) ? EINVAL : 0);
	}
	return (EINVAL);
}

/* Sets *size to what the action stores; 0, or an error if the kind is unknown or lacks its DIFO. */
int
dtrace_action_size(const struct dtrace_state *state, const struct dtrace_action *act, u_int *size)
{
	const struct dtrace_difo *difo = act->difo;

	*size = 0;
	if (DTRACEACT_ISAGG(act->kind)) {
		*size = dtrace_agg_value_size(act->kind, act->arg);
		return (*size == 0 || (difo == NULL && act->kind != DTRACEAGG_COUNT) ? EINVAL : 0);
	}
	switch (act->kind) {
	case DTRACEACT_STACK:
		*size = (act->arg == 0 ? state->stackframes : (u_int)MIN(act->arg, DTRACE_MAXFRAMES)) * 4;
		return (0);
	case DTRACEACT_EXIT:
		*size = 4;
		return (difo == NULL ? EINVAL : 0);
	case DTRACEACT_PRINTF:
	case DTRACEACT_PRINTA:
	case DTRACEACT_LIBACT:
		if (difo == NULL)
			return (0);
		break;
	case DTRACEACT_DIFEXPR:
	case DTRACEACT_TRACEMEM:
	case DTRACEACT_SYSTEM:
	case DTRACEACT_FREOPEN:
		if (difo == NULL)
			return (EINVAL);
		break;
	default:
		return (dtrace_action_size_fixed(act, size));
	}
	if (act->kind == DTRACEACT_TRACEMEM && act->arg != 0 && act->arg <= DTRACE_MAXRECORD) {
		*size = (u_int)act->arg;
		return (0);
	}
	*size = difo->rsize == 0 && difo->rkind == DPROG_TYPE_STRING ? state->strsize : difo->rsize;
	return (0);
}

/* True if the clause makes a record even if nothing is stored: there is something to print. */
int
dtrace_clause_prints(const struct dtrace_clause *clause)
{

	if (clause->nactions == 1 && clause->actions[0].kind == DTRACEACT_SPECULATE)
		return (1);
	for (u_int n = 0; n < clause->nactions; n++)
		if (clause->actions[n].kind >= DTRACEACT_PRINTF && clause->actions[n].kind <= DTRACEACT_LIBACT &&
		    !clause->actions[n].intuple)
			return (1);
	return (clause->nactions == 0);
}

int
dtrace_layout_sizes(struct dtrace_state *state, struct dtrace_clause *clause, struct dprog_errors *errors)
{
	struct dtrace_action *act;

	for (u_int n = 0; n < clause->nactions; n++) {
		act = &clause->actions[n];
		errors->difo = act->kind;
		if (dtrace_action_size(state, act, &act->size) != 0 || act->size > DTRACE_MAXRECORD)
			return (DPROG_E_ACTION);
		if (DTRACEACT_ISDESTRUCTIVE(act->kind) && !state->destructive)
			return (DPROG_E_DESTRUCTIVE);
		act->plain = (u_int)dtrace_action_isplain(act->kind);
		state->uses_spec |= act->kind == DTRACEACT_SPECULATE;
		state->uses_user |= DTRACEACT_CLASS(act->kind) == DTRACEACT_CLASS(DTRACEACT_USTACK);
		if (!DTRACEACT_ISAGG(act->kind))
			continue;
		if (act->ntuple > n)
			return (DPROG_E_FORMAT);
		for (u_int k = n - act->ntuple; k < n; k++) {
			if (DTRACEACT_ISAGG(clause->actions[k].kind) || clause->actions[k].kind == DTRACEACT_EXIT ||
			    DTRACEACT_CLASS(clause->actions[k].kind) == DTRACEACT_SPECULATIVE ||
			    DTRACEACT_ISDESTRUCTIVE(clause->actions[k].kind) || clause->actions[k].intuple)
				return (DPROG_E_FORMAT);
			clause->actions[k].intuple = 1;
		}
	}
	errors->difo = 0;
	return (DPROG_E_OK);
}

void
dtrace_layout_record(struct dtrace_clause *clause)
{
	u_int offset = sizeof(struct dtrace_rechdr), align;
	struct dtrace_action *act;

	clause->alignment = sizeof(dtrace_epid_t);
	for (u_int n = 0; n < clause->nactions; n++) {
		act = &clause->actions[n];
		if (act->intuple || DTRACEACT_ISAGG(act->kind) || act->size == 0)
			continue;
		align = dtrace_alignment(act->size);
		offset = roundup2(offset, align);
		act->offset = offset;
		offset += act->size;
		clause->alignment = MAX(clause->alignment, align);
	}
	clause->size = roundup2(offset, sizeof(dtrace_epid_t));
	if (offset == sizeof(struct dtrace_rechdr) && !dtrace_clause_prints(clause))
		clause->size = 0;
}

/* Lays out the tuples; they share one stretch of scratch, as each is used at once. */
void
dtrace_layout_tuples(struct dtrace_clause *clause)
{
	u_int start = roundup2(clause->size, 8), offset;
	struct dtrace_action *act, *key;

	clause->needed = clause->size;
	for (u_int n = 0; n < clause->nactions; n++) {
		act = &clause->actions[n];
		if (!DTRACEACT_ISAGG(act->kind))
			continue;
		offset = sizeof(uint32_t);
		for (key = act - act->ntuple; key < act; key++) {
			offset = roundup2(offset, dtrace_alignment(key->size));
			key->offset = offset;
			key->tuple = start;
			offset += key->size;
		}
		act->offset = roundup2(offset, 8);
		act->tuple = start;
		clause->alignment = 8;
		clause->needed = MAX(clause->needed, start + act->offset);
	}
}

/* Decides the clause's layout; returns DPROG_E_*, with the offending kind in errors->difo. */
int
dtrace_clause_layout(struct dtrace_state *state, struct dtrace_clause *clause, struct dprog_errors *errors)
{
	int error;

	if ((error = dtrace_layout_sizes(state, clause, errors)) != DPROG_E_OK)
		return (error);
	dtrace_layout_record(clause);
	dtrace_layout_tuples(clause);
	return (clause->needed > state->buffer.size ? DPROG_E_BUFSIZE : DPROG_E_OK);
}
