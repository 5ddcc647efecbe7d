/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loading a program: from the blob of abi/dprog.h to verified DIFOs, clauses and layouts.
 *
 * The kernel works on a private copy, so what the host does to its own later changes nothing.
 * Every offset and count is checked before it is used; the reason of a refusal goes back in the
 * header.  Nothing is enabled here.
 */
#include "dtrace/dtrace_impl.h"

#define DPROG_MAXBYTES		(8 * 1024 * 1024)
#define DPROG_MAXINSNS		65536
#define DPROG_MAXSTRSIZE	65536
#define DPROG_MAXFRAMES		256
#define DPROG_MAXNSPEC		1024
#define DPROG_MAXSPECSIZE	(64 * 1024 * 1024)

/* Returns the address of count elements at off in the copy, or NULL if they do not lie in it. */
void *
dprog_range(const struct dtrace_state *state, u_int off, u_int count, size_t size, size_t align)
{
	u_int length = ((struct dprog_hdr *)(void *)state->blob)->length;

	if ((off & (align - 1)) != 0 || off > length || count > (length - off) / size)
		return (NULL);
	return (state->blob + off);
}

int
dprog_header_valid(const struct dprog_hdr *h, size_t bytes)
{

	if (bytes < sizeof(*h) || h->magic != DPROG_MAGIC || h->version != DPROG_VERSION)
		return (0);
	if (h->length < sizeof(*h) || h->length > bytes || h->length > DPROG_MAXBYTES)
		return (0);
	if (h->strsize == 0 || h->strsize > DPROG_MAXSTRSIZE || h->stackframes == 0 || h->stackframes > DPROG_MAXFRAMES)
		return (0);
	if (h->nspec > DPROG_MAXNSPEC || h->specsize > DPROG_MAXSPECSIZE)
		return (0);
	return (h->bufpolicy <= DTRACE_BUFPOLICY_FILL);
}

int
dprog_load_difo(struct dtrace_state *state, const struct dprog_difo *d, struct dtrace_difo *difo)
{

	difo->len = d->ninsn;
	difo->intlen = d->nint;
	difo->strbytes = d->str_bytes;
	difo->rkind = d->rtype_kind;
	difo->rsize = d->rtype_size;
	difo->rflags = d->rtype_flags;
	difo->text = dprog_range(state, d->insn_off, d->ninsn, sizeof(dif_instr_t), sizeof(dif_instr_t));
	difo->inttab = dprog_range(state, d->int_off, d->nint, sizeof(uint64_t), sizeof(uint64_t));
	difo->strtab = dprog_range(state, d->str_off, d->str_bytes, 1, 1);
	return (difo->text == NULL || difo->inttab == NULL || difo->strtab == NULL || d->ninsn == 0 ||
	    d->ninsn > DPROG_MAXINSNS ? DPROG_E_FORMAT : DPROG_E_OK);
}

int
dprog_load_difos(struct dtrace_state *state, const struct dprog_hdr *h, struct dprog_errors *errors)
{
	const struct dprog_difo *d = dprog_range(state, h->difo_off, h->ndifo, sizeof(*d), 4);

	if (d == NULL)
		return (DPROG_E_FORMAT);
	if (h->ndifo == 0)
		return (DPROG_E_OK);
	if ((state->difos = dtrace_alloc(h->ndifo * sizeof(state->difos[0]), 1)) == NULL)
		return (DPROG_E_NOMEM);
	state->ndifos = h->ndifo;
	for (u_int n = 0; n < h->ndifo; n++) {
		errors->difo = n;
		if (dprog_load_difo(state, &d[n], &state->difos[n]) != DPROG_E_OK)
			return (DPROG_E_FORMAT);
		if (dif_verify(state, &state->difos[n], &errors->pc) != 0)
			return (DPROG_E_DIF);
	}
	errors->difo = 0;
	return (DPROG_E_OK);
}

/* Sets what of the options the state keeps. */
void
dprog_load_options(struct dtrace_state *state, const struct dprog_hdr *h)
{

	state->strsize = h->strsize;
	state->stackframes = h->stackframes;
	state->destructive = h->destructive;
	state->switchrate_ns = h->switchrate_ns;
	state->aggrate_ns = h->aggrate_ns;
	state->statusrate_ns = h->statusrate_ns;
	state->cleanrate_ns = h->cleanrate_ns;
	state->buffer.size = (size_t)rounddown2(h->bufsize, 8);
}

/* Tells the host the layouts and the sizes in use, in its own copy. */
void
dprog_write_back(const struct dtrace_state *state, struct dprog_hdr *h)
{
	const struct dprog_hdr *used = (const struct dprog_hdr *)(const void *)state->blob;
	struct dprog_clause *c = (void *)((uint8_t *)h + h->clause_off);
	struct dprog_action *a;

	h->bufsize = used->bufsize;
	h->aggsize = used->aggsize;
	h->dynvarsize = used->dynvarsize;
	for (u_int n = 0; n < state->nclauses; n++) {
		c[n].size = state->clauses[n].size;
		c[n].needed = state->clauses[n].needed;
		a = (void *)((uint8_t *)h + c[n].action_off);
		for (u_int i = 0; i < c[n].naction; i++) {
			a[i].rec_offset = state->clauses[n].actions[i].offset;
			a[i].rec_size = state->clauses[n].actions[i].size;
		}
	}
}

int
dprog_load(struct dtrace_state *state, const struct dprog_hdr *host, size_t bytes, struct dprog_errors *errors)
{
	struct dprog_hdr *h;
	const struct dprog_var *vars;
	int error;

	if (!dprog_header_valid(host, bytes))
		return (DPROG_E_FORMAT);
	if ((state->blob = dtrace_alloc(host->length, 0)) == NULL)
		return (DPROG_E_NOMEM);
	dtrace_bcopy(host, state->blob, host->length);
	h = (struct dprog_hdr *)(void *)state->blob;
	if (dprog_sizes_bound(h) != 0)
		return (DPROG_E_NOMEM);
	if ((vars = dprog_range(state, h->var_off, h->nvar, sizeof(*vars), 4)) == NULL)
		return (DPROG_E_FORMAT);
	if ((error = dtrace_vars_create(state, vars, h->nvar)) != 0)
		return (error == ENOMEM ? DPROG_E_NOMEM : DPROG_E_FORMAT);
	if ((error = dprog_load_difos(state, h, errors)) != DPROG_E_OK)
		return (error);
	dprog_load_options(state, h);
	if ((error = dtrace_scan(state)) != DPROG_E_OK)
		return (error);
	if ((error = dprog_load_clauses(state, h, errors)) != DPROG_E_OK)
		return (error);
	return (dtrace_space_create(state, h));
}

/*
 * Loads the host's program into an empty state; returns 0 or a DPROG_E_*, which is also written
 * to the header if there is one.  On failure the caller frees the state.
 */
int
dtrace_program_load(struct dtrace_state *state, struct dprog_hdr *host, size_t bytes, struct dprog_errors *errors)
{

	*errors = (struct dprog_errors){ 0, 0, 0 };
	errors->error = (u_int)dprog_load(state, host, bytes, errors);
	if (errors->error == DPROG_E_OK) {
		*errors = (struct dprog_errors){ 0, 0, 0 };
		dprog_write_back(state, host);
	}
	return ((int)errors->error);
}

/* Frees all a state owns and empties it; no probe may refer to it any more. */
void
dtrace_program_free(struct dtrace_state *state)
{

	dtrace_vars_free(state);
	dtrace_buffer_free(&state->buffer);
	dtrace_buffer_free(&state->aggbuffer);
	dtrace_speculation_free(state);
	dtrace_free(state->dstate.base);
	dtrace_free(state->ecbs);
	dtrace_free(state->actions);
	dtrace_free(state->clauses);
	dtrace_free(state->difos);
	dtrace_free(state->blob);
	dtrace_bzero(state, sizeof(*state));
}
