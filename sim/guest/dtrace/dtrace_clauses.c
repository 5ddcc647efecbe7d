/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loading a program's clauses: their predicates, actions and layouts, from the private copy of the blob.
 *
 * Every offset and index is checked before it is used.  Nothing is enabled here.
 */
#include "dtrace/dtrace_impl.h"

#define DPROG_MAXACTIONS	16384

static uint32_t dprog_cacheid;	/* of the last cacheable predicate ever loaded */

/* Sets *difo to that DIFO, NULL for DPROG_NONE; 0 if the index is out of range. */
int
dprog_difo_ref(const struct dtrace_state *state, u_int index, struct dtrace_difo **difo)
{

	*difo = index < state->ndifos ? &state->difos[index] : NULL;
	return (index == DPROG_NONE || index < state->ndifos);
}

int
dprog_load_actions(struct dtrace_state *state, const struct dprog_action *a, struct dtrace_clause *clause)
{
	struct dtrace_action *act;

	for (u_int n = 0; n < clause->nactions; n++) {
		act = &clause->actions[n];
		act->kind = a[n].kind;
		act->ntuple = a[n].ntuple;
		act->aggid = a[n].aggid;
		act->arg = a[n].arg;
		if (!dprog_difo_ref(state, a[n].difo, &act->difo))
			return (DPROG_E_FORMAT);
	}
	return (DPROG_E_OK);
}

/* Counts the actions of all clauses, checking where they lie; -1 if they do not. */
long
dprog_count_actions(const struct dtrace_state *state, const struct dprog_clause *c, u_int nclause)
{
	long total = 0;

	for (u_int n = 0; n < nclause; n++) {
		if (c[n].naction > DPROG_MAXACTIONS ||
		    dprog_range(state, c[n].action_off, c[n].naction, sizeof(struct dprog_action), 8) == NULL ||
		    dprog_range(state, c[n].probe_off, c[n].nprobe, 4, 4) == NULL)
			return (-1);
		total += c[n].naction;
	}
	return (total);
}

int
dprog_load_clauses(struct dtrace_state *state, struct dprog_hdr *h, struct dprog_errors *errors)
{
	struct dprog_clause *c = dprog_range(state, h->clause_off, h->nclause, sizeof(*c), 4);
	struct dtrace_clause *clause;
	long total, next = 0;
	int error;

	if (c == NULL || h->nclause == 0 || (total = dprog_count_actions(state, c, h->nclause)) < 0)
		return (DPROG_E_FORMAT);
	state->clauses = dtrace_alloc(h->nclause * sizeof(state->clauses[0]), 1);
	state->actions = dtrace_alloc((size_t)(total + 1) * sizeof(state->actions[0]), 1);
	if (state->clauses == NULL || state->actions == NULL)
		return (DPROG_E_NOMEM);
	state->nclauses = h->nclause;
	for (u_int n = 0; n < h->nclause; n++) {
		clause = &state->clauses[n];
		clause->nactions = c[n].naction;
		clause->actions = state->actions + next;
		next += c[n].naction;
		if (!dprog_difo_ref(state, c[n].predicate, &clause->predicate))
			return (DPROG_E_FORMAT);
		if (clause->predicate != NULL && dtrace_cacheable(clause->predicate))
			clause->cacheid = ++dprog_cacheid;
		error = dprog_load_actions(state, (void *)(state->blob + c[n].action_off), clause);
		if (error == DPROG_E_OK)
			error = dtrace_clause_layout(state, clause, errors);
		if (error != DPROG_E_OK)
			return (error);
	}
	return (DPROG_E_OK);
}
