/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The memory a program asks for by its options: both buffers and the space of dynamic variables.
 *
 * What is not to be had is tried again at half the size if the program allows it (DPROG_F_RESIZE,
 * dtrace's bufresize=auto); the size in use ends up in the header.  Nothing is enabled yet.
 */
#include "dtrace/dtrace_impl.h"

#define DPROG_MAXBUFFER		(64 * 1024 * 1024)
#define DTRACE_MINAGGSIZE	32	/* less has no room for a head; this much holds no entry either */

/* Brings a size down to the largest there is; ENOMEM if it may not be changed. */
int
dprog_size_bound(const struct dprog_hdr *h, unsigned long long *size)
{

	while (*size > DPROG_MAXBUFFER && (h->flags & DPROG_F_RESIZE) != 0)
		*size >>= 1;
	return (*size > DPROG_MAXBUFFER ? ENOMEM : 0);
}

int
dprog_sizes_bound(struct dprog_hdr *h)
{

	if (dprog_size_bound(h, &h->bufsize) != 0 || dprog_size_bound(h, &h->aggsize) != 0)
		return (ENOMEM);
	return (dprog_size_bound(h, &h->dynvarsize));
}

/* Makes a buffer of *size bytes or, if it may be changed, of as much as there is; at least `least`. */
int
dtrace_buffer_fit(const struct dprog_hdr *h, struct dtrace_buffer *buf, unsigned long long *size, size_t least,
    u_int policy)
{

	for (; *size >= least; *size >>= 1) {
		if (dtrace_buffer_alloc(buf, (size_t)rounddown2(*size, 8), policy) == 0)
			return (0);
		dtrace_buffer_free(buf);
		if ((h->flags & DPROG_F_RESIZE) == 0)
			break;
	}
	return (ENOMEM);
}

/* The same for the dynamic variables, of which there is room for one however small the size. */
int
dtrace_dstate_fit(struct dprog_hdr *h, struct dtrace_dstate *ds, size_t chunk)
{

	h->dynvarsize = MAX(h->dynvarsize, DTRACE_DSTATE_LEAST(chunk));
	for (; h->dynvarsize >= chunk; h->dynvarsize >>= 1) {
		if (dtrace_dstate_create(ds, (size_t)rounddown2(h->dynvarsize, 8), chunk) == 0)
			return (0);
		if ((h->flags & DPROG_F_RESIZE) == 0)
			break;
	}
	return (ENOMEM);
}

/* Returns how much of the principal buffer END's records may need, which policy fill keeps free for them. */
size_t
dtrace_space_end(const struct dtrace_state *state, const struct dprog_hdr *h)
{
	const struct dprog_clause *c = (const void *)(state->blob + h->clause_off);
	const u_int *ids;
	size_t bytes = 0;

	for (u_int n = 0; n < state->nclauses; n++) {
		ids = (const void *)(state->blob + c[n].probe_off);
		for (u_int p = 0; p < c[n].nprobe; p++)
			if (ids[p] == DTRACE_PROBEID_END)
				bytes += state->clauses[n].needed + state->clauses[n].alignment;
	}
	return (bytes);
}

/* Gives a loaded program its memory; DPROG_E_*.  A buffer must hold the largest record. */
int
dtrace_space_create(struct dtrace_state *state, struct dprog_hdr *h)
{
	size_t needed = sizeof(uint64_t), chunk;
	int aggregates = 0;

	for (u_int n = 0; n < state->nclauses; n++) {
		needed = MAX(needed, roundup2(state->clauses[n].needed, 8));
		for (u_int a = 0; a < state->clauses[n].nactions; a++)
			aggregates |= DTRACEACT_ISAGG(state->clauses[n].actions[a].kind);
	}
	if (dtrace_buffer_fit(h, &state->buffer, &h->bufsize, needed, h->bufpolicy) != 0)
		return (DPROG_E_NOMEM);
	if (h->bufpolicy == DTRACE_BUFPOLICY_FILL)
		state->buffer.reserve = dtrace_space_end(state, h);
	if (state->buffer.reserve >= state->buffer.size)
		return (DPROG_E_ENDSIZE);
	if (aggregates) {
		h->aggsize = MAX(h->aggsize, DTRACE_MINAGGSIZE);
		if (dtrace_buffer_fit(h, &state->aggbuffer, &h->aggsize, DTRACE_MINAGGSIZE, DTRACE_BUFPOLICY_SWITCH) != 0)
			return (DPROG_E_NOMEM);
		dtrace_agg_start(&state->aggbuffer);
	}
	if ((chunk = dtrace_chunksize(state)) != 0 && dtrace_dstate_fit(h, &state->dstate, chunk) != 0)
		return (DPROG_E_NOMEM);
	state->dstate.cleanrate = h->cleanrate_ns;
	if (dtrace_speculation_create(state, h) != 0)
		return (DPROG_E_NOMEM);
	return (DPROG_E_OK);
}
