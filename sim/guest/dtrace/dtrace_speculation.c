/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Speculations: records kept aside until a clause commits or discards them.
 *
 * The states and their changes are the published ones.  A speculation that cannot be freed at once
 * (DISCARDING, COMMITTINGMANY) stays busy until the next cleaning, cleanrate after cleanrate from
 * where tracing began; as there is one CPU, nothing has to be done then but to look at the clock, which
 * happens when somebody asks.  Interrupts are off.
 */
#include "dtrace/dtrace_impl.h"

int
dtrace_speculation_create(struct dtrace_state *state, const struct dprog_hdr *h)
{

	if (!state->uses_spec || h->nspec == 0)
		return (0);
	if ((state->specs = dtrace_alloc(h->nspec * sizeof(state->specs[0]), 1)) == NULL)
		return (ENOMEM);
	state->nspec = h->nspec;
	for (u_int n = 0; n < state->nspec; n++) {
		state->specs[n].buffer.size = (size_t)rounddown2(h->specsize, 8);
		state->specs[n].buffer.tomax = dtrace_alloc(state->specs[n].buffer.size, 0);
		if (state->specs[n].buffer.tomax == NULL)
			return (ENOMEM);
	}
	return (0);
}

void
dtrace_speculation_free(struct dtrace_state *state)
{

	for (u_int n = 0; n < state->nspec; n++)
		dtrace_buffer_free(&state->specs[n].buffer);
	dtrace_free(state->specs);
}

/* Marks a speculation busy until the next cleaning. */
void
dtrace_speculation_busy(struct dtrace_state *state, struct dtrace_speculation *spec, u_int busy, uint64_t now)
{

	spec->state = busy;
	spec->clean_at = state->cleanrate_ns == 0 ? now : now - now % state->cleanrate_ns + state->cleanrate_ns;
}

/* Returns the id of a free speculation, now active, or 0: counted. */
u_int
dtrace_speculation(struct dtrace_state *state, uint64_t now)
{
	struct dtrace_speculation *spec;
	u_int busy = 0;

	for (u_int n = 0; n < state->nspec; n++) {
		spec = &state->specs[n];
		if (spec->state > DTRACESPEC_ACTIVEMANY && now >= spec->clean_at)
			spec->state = DTRACESPEC_INACTIVE;
		if (spec->state == DTRACESPEC_INACTIVE) {
			spec->state = DTRACESPEC_ACTIVE;
			return (n + 1);
		}
		busy |= spec->state > DTRACESPEC_ACTIVEMANY;
	}
	if (busy)
		state->spec_busy++;
	else
		state->spec_unavail++;
	return (0);
}

/* Returns the speculation of that id; NULL for 0, and with ILLOP noted for one that cannot be. */
struct dtrace_speculation *
dtrace_speculation_lookup(struct dtrace_state *state, uint64_t which)
{

	if (which == 0)
		return (NULL);
	if (which > state->nspec) {
		dtrace_fault(CPU_DTRACE_ILLOP, 0);
		return (NULL);
	}
	return (&state->specs[which - 1]);
}

/* Returns the buffer that speculate() directs a clause's data to, or NULL: the data is dropped silently. */
struct dtrace_buffer *
dtrace_speculation_buffer(struct dtrace_state *state, uint64_t which)
{
	struct dtrace_speculation *spec = dtrace_speculation_lookup(state, which);

	if (spec == NULL)
		return (NULL);
	switch (spec->state) {
	case DTRACESPEC_ACTIVE:
		spec->state = DTRACESPEC_ACTIVEONE;
		return (&spec->buffer);
	case DTRACESPEC_ACTIVEONE:
		if (spec->buffer.offset == 0)
			spec->state = DTRACESPEC_ACTIVEMANY;
		return (&spec->buffer);
	case DTRACESPEC_ACTIVEMANY:
		return (&spec->buffer);
	}
	return (NULL);
}

/* Stamps all records of a speculation with the time of their commit. */
void
dtrace_speculation_stamp(const struct dtrace_state *state, struct dtrace_buffer *buf, uint64_t now)
{
	struct dtrace_rechdr *header;

	for (size_t at = 0; at < buf->offset;) {
		header = (struct dtrace_rechdr *)(void *)(buf->tomax + at);
		if (header->epid == 0) {
			at += sizeof(header->epid);
			continue;
		}
		header->timestamp_hi = (uint32_t)(now >> 32);
		header->timestamp_lo = (uint32_t)now;
		at += state->ecbs[header->epid - 1].clause->size;
	}
}

/* Copies a speculation's records to the principal buffer, if they fit. */
void
dtrace_speculation_copy(struct dtrace_state *state, struct dtrace_buffer *from, uint64_t now)
{
	struct dtrace_buffer *to = &state->buffer;
	long offs;

	if (from->offset == 0)
		return;
	if ((offs = dtrace_buffer_reserve(to, from->offset, sizeof(uint64_t), NULL)) < 0)
		return;
	dtrace_speculation_stamp(state, from, now);
	dtrace_bcopy(from->tomax, to->tomax + offs, from->offset);
	to->offset = (size_t)offs + from->offset;
}

void
dtrace_speculation_commit(struct dtrace_state *state, uint64_t which, uint64_t now)
{
	struct dtrace_speculation *spec = dtrace_speculation_lookup(state, which);

	if (spec == NULL)
		return;
	switch (spec->state) {
	case DTRACESPEC_ACTIVE:
		break;
	case DTRACESPEC_ACTIVEONE:
		if (spec->buffer.offset != 0)
			break;
		/* FALLTHROUGH: as far as the states tell, another CPU may have speculated. */
	case DTRACESPEC_ACTIVEMANY:
		dtrace_speculation_copy(state, &spec->buffer, now);
		spec->buffer.offset = 0;
		dtrace_speculation_busy(state, spec, DTRACESPEC_COMMITTINGMANY, now);
		return;
	default:
		return;
	}
	dtrace_speculation_copy(state, &spec->buffer, now);
	spec->buffer.offset = 0;
	spec->state = DTRACESPEC_INACTIVE;
}

void
dtrace_speculation_discard(struct dtrace_state *state, uint64_t which, uint64_t now)
{
	struct dtrace_speculation *spec = dtrace_speculation_lookup(state, which);

	if (spec == NULL || spec->state == DTRACESPEC_INACTIVE || spec->state > DTRACESPEC_ACTIVEMANY)
		return;
	if (spec->state == DTRACESPEC_ACTIVEONE && spec->buffer.offset != 0)
		spec->state = DTRACESPEC_INACTIVE;
	else
		dtrace_speculation_busy(state, spec, DTRACESPEC_DISCARDING, now);
	spec->buffer.offset = 0;
}
