/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DIF variable access: builtin, global, thread-local and clause-local variables, associative
 * arrays, and the tuple stack that holds their keys and the arguments of subroutines.
 *
 * By-reference scalars own 8 bytes of header (first byte UINT8_MAX: 0 was stored) and their data
 * after it, zeroes at first.  Interrupts are off; TLS and arrays live in the dynamic variables.
 */
#include <sys/systm.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include "dtrace/dif.h"

#define DTRACE_STATVAR_HEADER	8

struct dtrace_statvar *
dif_statvar(struct dif_machine *m, u_int scope, dif_instr_t i)
{

	return (m->state->scope[scope].var[DIF_INSTR_INDEX(i) - DIF_VAR_OTHER_UBASE]);
}

/* Copies a by-reference value of the variable's type: a string to its NUL, a struct whole. */
void
dif_store_byref(const struct dprog_var *v, uint64_t src, void *dst)
{

	if (v->type_kind == DPROG_TYPE_STRING)
		dtrace_strcpy_safe((uintptr_t)src, dst, v->size);
	else
		dtrace_bcopy_safe((uintptr_t)src, dst, v->size);
}

uint64_t
dif_load_static(const struct dtrace_statvar *sv)
{
	uint8_t *p = (uint8_t *)(uintptr_t)sv->data;

	if (!(sv->var.flags & DPROG_TF_BYREF))
		return (sv->data);
	return (*p == UINT8_MAX ? 0 : (uintptr_t)(p + DTRACE_STATVAR_HEADER));
}

void
dif_store_static(struct dtrace_statvar *sv, uint64_t value)
{
	uint8_t *p = (uint8_t *)(uintptr_t)sv->data;

	if (!(sv->var.flags & DPROG_TF_BYREF)) {
		sv->data = value;
		return;
	}
	*p = value == 0 ? UINT8_MAX : 0;
	if (value != 0)
		dif_store_byref(&sv->var, value, p + DTRACE_STATVAR_HEADER);
}

void
dif_ldgs(struct dif_machine *m, dif_instr_t i)
{
	u_int var = DIF_INSTR_INDEX(i);

	if (var < DIF_VAR_OTHER_UBASE)
		RD(m, i) = dif_variable(m->mstate, m->state, var, 0);
	else
		RD(m, i) = dif_load_static(dif_statvar(m, DPROG_SCOPE_GLOBAL, i));
}

void
dif_stgs(struct dif_machine *m, dif_instr_t i)
{

	dif_store_static(dif_statvar(m, DPROG_SCOPE_GLOBAL, i), RD(m, i));
}

void
dif_ldls(struct dif_machine *m, dif_instr_t i)
{

	RD(m, i) = dif_load_static(dif_statvar(m, DPROG_SCOPE_LOCAL, i));
}

void
dif_stls(struct dif_machine *m, dif_instr_t i)
{

	dif_store_static(dif_statvar(m, DPROG_SCOPE_LOCAL, i), RD(m, i));
}

void
dif_ldga(struct dif_machine *m, dif_instr_t i)
{

	RD(m, i) = dif_variable(m->mstate, m->state, DIF_INSTR_R1(i), R2(m, i));
}

/* Completes the tuple with the variable's id and, for thread-local ones, the thread; returns the number of keys. */
u_int
dif_tuple_key(struct dif_machine *m, u_int var, u_int first, int thread)
{
	struct dtrace_key *key = m->tupregs + first;

	key->value = var;
	key->size = 0;
	if (!thread)
		return (first + 1);
	/* Beyond any variable number, so that no tuple can look like another; every thread, idle too, has its id. */
	key[1].value = (uint64_t)(uint32_t)curthread->td_tid + DIF_VAR_OTHER_MAX + 1;
	key[1].size = 0;
	return (first + 2);
}

void
dif_load_dynamic(struct dif_machine *m, dif_instr_t i, u_int scope, u_int nkeys)
{
	const struct dprog_var *v = &dif_statvar(m, scope, i)->var;
	struct dtrace_dynvar *dvar;

	dvar = dtrace_dynvar(&m->state->dstate, nkeys, m->tupregs, v->size, DTRACE_DYNVAR_NOALLOC, 0);
	if (dvar == NULL)
		RD(m, i) = 0;
	else if (v->flags & DPROG_TF_BYREF)
		RD(m, i) = (uintptr_t)dvar->data;
	else
		RD(m, i) = *(uint64_t *)dvar->data;
}

/* A store of zero frees the variable, as published. */
void
dif_store_dynamic(struct dif_machine *m, dif_instr_t i, u_int scope, u_int nkeys)
{
	const struct dprog_var *v = &dif_statvar(m, scope, i)->var;
	uint64_t value = RD(m, i);
	struct dtrace_dynvar *dvar;

	dvar = dtrace_dynvar(&m->state->dstate, nkeys, m->tupregs, v->size,
	    value != 0 ? DTRACE_DYNVAR_ALLOC : DTRACE_DYNVAR_DEALLOC, m->mstate->timestamp);
	/* A predicate's cached answer may have depended on a variable of the thread. */
	if (scope == DPROG_SCOPE_THREAD)
		curthread->td_predcache = 0;
	if (dvar == NULL || value == 0)
		return;
	if (v->flags & DPROG_TF_BYREF)
		dif_store_byref(v, value, dvar->data);
	else
		*(uint64_t *)dvar->data = value;
}

void
dif_ldts(struct dif_machine *m, dif_instr_t i)
{

	/* The key goes above the tuple, which stays: a TLS load may stand between pushes. */
	struct dtrace_key saved[2] = { m->tupregs[0], m->tupregs[1] };

	dif_load_dynamic(m, i, DPROG_SCOPE_THREAD, dif_tuple_key(m, DIF_INSTR_INDEX(i), 0, 1));
	m->tupregs[0] = saved[0];
	m->tupregs[1] = saved[1];
}

void
dif_stts(struct dif_machine *m, dif_instr_t i)
{
	struct dtrace_key saved[2] = { m->tupregs[0], m->tupregs[1] };

	dif_store_dynamic(m, i, DPROG_SCOPE_THREAD, dif_tuple_key(m, DIF_INSTR_INDEX(i), 0, 1));
	m->tupregs[0] = saved[0];
	m->tupregs[1] = saved[1];
}

void
dif_ldgaa(struct dif_machine *m, dif_instr_t i)
{

	dif_load_dynamic(m, i, DPROG_SCOPE_GLOBAL, dif_tuple_key(m, DIF_INSTR_INDEX(i), m->ttop, 0));
}

void
dif_stgaa(struct dif_machine *m, dif_instr_t i)
{

	dif_store_dynamic(m, i, DPROG_SCOPE_GLOBAL, dif_tuple_key(m, DIF_INSTR_INDEX(i), m->ttop, 0));
}

void
dif_ldtaa(struct dif_machine *m, dif_instr_t i)
{

	dif_load_dynamic(m, i, DPROG_SCOPE_THREAD, dif_tuple_key(m, DIF_INSTR_INDEX(i), m->ttop, 1));
}

void
dif_sttaa(struct dif_machine *m, dif_instr_t i)
{

	dif_store_dynamic(m, i, DPROG_SCOPE_THREAD, dif_tuple_key(m, DIF_INSTR_INDEX(i), m->ttop, 1));
}
