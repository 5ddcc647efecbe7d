/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The user variables of an enabling: one table per scope, by number, and the memory of scalars
 * that are held by reference.
 *
 * Built when a program is loaded, freed with it; in between only probes touch the values.
 */
#include "dtrace/dtrace_impl.h"

#define DTRACE_MAXVARSIZE	0x4000
#define DTRACE_MAXSTATICS	0x1000000
#define DTRACE_STATIC_HEADER	8

int
dtrace_var_valid(const struct dprog_var *v)
{

	if (v->id < DIF_VAR_OTHER_UBASE || v->id > DIF_VAR_OTHER_MAX || v->scope > DPROG_SCOPE_LOCAL)
		return (0);
	if (v->kind > DPROG_VAR_SCALAR || v->type_kind > DPROG_TYPE_STRING)
		return (0);
	if (v->kind == DPROG_VAR_ARRAY && v->scope == DPROG_SCOPE_LOCAL)
		return (0);
	if (v->flags & DPROG_TF_BYREF)
		return (v->size != 0 && v->size <= DTRACE_MAXVARSIZE);
	return (v->type_kind == DPROG_TYPE_CTF && v->size <= 8);
}

int
dtrace_var_is_static(const struct dprog_var *v)
{

	return (v->kind == DPROG_VAR_SCALAR && v->scope != DPROG_SCOPE_THREAD && (v->flags & DPROG_TF_BYREF));
}

int
dtrace_scope_alloc(struct dtrace_scope *scope, u_int nvar)
{

	scope->nvar = nvar;
	if (nvar != 0)
		scope->var = dtrace_alloc(nvar * sizeof(scope->var[0]), 1);
	return (nvar != 0 && scope->var == NULL ? ENOMEM : 0);
}

/* Enters variable n of state->vars in its scope's table; a second declaration must be the same. */
int
dtrace_var_enter(struct dtrace_state *state, struct dtrace_statvar *sv)
{
	struct dtrace_statvar **slot = &state->scope[sv->var.scope].var[sv->var.id - DIF_VAR_OTHER_UBASE];

	if (*slot == NULL)
		*slot = sv;
	return ((*slot)->var.kind == sv->var.kind && (*slot)->var.flags == sv->var.flags &&
	    (*slot)->var.type_kind == sv->var.type_kind && (*slot)->var.size == sv->var.size ? 0 : EINVAL);
}

int
dtrace_vars_statics(struct dtrace_state *state, u_int nvar)
{
	size_t bytes = 0;

	for (u_int n = 0; n < nvar; n++)
		if (dtrace_var_is_static(&state->vars[n].var))
			bytes += DTRACE_STATIC_HEADER + roundup2(state->vars[n].var.size, 8);
	state->statics_bytes = bytes;
	if (bytes == 0)
		return (0);
	if (bytes > DTRACE_MAXSTATICS || (state->statics = dtrace_alloc(bytes, 1)) == NULL)
		return (ENOMEM);
	bytes = 0;
	for (u_int n = 0; n < nvar; n++) {
		if (!dtrace_var_is_static(&state->vars[n].var))
			continue;
		state->vars[n].data = (uintptr_t)(state->statics + bytes);
		bytes += DTRACE_STATIC_HEADER + roundup2(state->vars[n].var.size, 8);
	}
	return (0);
}

/* Makes the variables of a program; returns 0, EINVAL for a bad declaration, ENOMEM. */
int
dtrace_vars_create(struct dtrace_state *state, const struct dprog_var *vars, u_int nvar)
{
	u_int count[3] = { 0, 0, 0 };

	if (nvar == 0)
		return (0);
	if ((state->vars = dtrace_alloc(nvar * sizeof(state->vars[0]), 1)) == NULL)
		return (ENOMEM);
	for (u_int n = 0; n < nvar; n++) {
		if (!dtrace_var_valid(&vars[n]))
			return (EINVAL);
		state->vars[n].var = vars[n];
		count[vars[n].scope] = MAX(count[vars[n].scope], vars[n].id - DIF_VAR_OTHER_UBASE + 1);
	}
	for (u_int s = 0; s < 3; s++)
		if (dtrace_scope_alloc(&state->scope[s], count[s]) != 0)
			return (ENOMEM);
	for (u_int n = 0; n < nvar; n++)
		if (dtrace_var_enter(state, &state->vars[n]) != 0)
			return (EINVAL);
	return (dtrace_vars_statics(state, nvar));
}

void
dtrace_vars_free(struct dtrace_state *state)
{

	for (u_int s = 0; s < 3; s++)
		dtrace_free(state->scope[s].var);
	dtrace_free(state->vars);
	dtrace_free(state->statics);
}
