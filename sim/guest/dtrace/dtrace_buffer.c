/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Principal buffers: two halves; records go to the active one, the consumer gets the other.
 *
 * Policies: switch (full = drop until switched out), fill (full = closed for good, which ends the
 * tracing), ring (the oldest records give way).  What a firing leaves of the active half is its scratch memory.
 * Every function runs with interrupts off, or before any probe can fire.
 */
#include "dtrace/dtrace_impl.h"

int
dtrace_buffer_alloc(struct dtrace_buffer *buf, size_t size, u_int policy)
{

	buf->size = size;
	buf->policy = policy;
	buf->tomax = dtrace_alloc(size, 0);
	buf->xamot = dtrace_alloc(size, 0);
	return (buf->tomax == NULL || buf->xamot == NULL ? ENOMEM : 0);
}

void
dtrace_buffer_free(struct dtrace_buffer *buf)
{

	dtrace_free(buf->tomax);
	dtrace_free(buf->xamot);
	*buf = (struct dtrace_buffer){ .size = 0 };
}

/* Fills with empty EPIDs up to the alignment; returns the offset reached. */
size_t
dtrace_buffer_pad(struct dtrace_buffer *buf, size_t offs, size_t align)
{

	for (; offs & (align - 1); offs += sizeof(dtrace_epid_t))
		*(dtrace_epid_t *)(void *)(buf->tomax + offs) = 0;
	return (offs);
}

/* Ring: returns the size of the record at offs, 4 for an empty EPID. */
size_t
dtrace_buffer_record(const struct dtrace_buffer *buf, size_t offs)
{
	dtrace_epid_t epid = *(dtrace_epid_t *)(void *)(buf->tomax + offs);

	return (epid == 0 ? sizeof(epid) : dtrace_state.ecbs[epid - 1].clause->size);
}

/* Ring: makes room for [offs, offs + needed), moving the oldest record's offset past it. */
void
dtrace_buffer_evict(struct dtrace_buffer *buf, size_t end)
{

	if (!buf->wrapped)
		return;
	while (buf->xamot_offset < end && buf->xamot_offset < buf->wrap_end)
		buf->xamot_offset += dtrace_buffer_record(buf, buf->xamot_offset);
	if (buf->xamot_offset >= buf->wrap_end)
		buf->xamot_offset = buf->wrap_end;
}

/* Ring: the record does not fit before the end, so start again at the beginning. */
size_t
dtrace_buffer_wrap(struct dtrace_buffer *buf, size_t needed)
{

	buf->wrap_end = buf->offset;
	buf->wrapped = 1;
	buf->offset = 0;
	buf->xamot_offset = 0;
	dtrace_buffer_evict(buf, needed);
	return (0);
}

/* A record does not fit: policy fill closes the buffer, which is no loss but the end; else it is dropped. */
long
dtrace_buffer_refuse(struct dtrace_buffer *buf)
{

	if (buf->policy == DTRACE_BUFPOLICY_FILL)
		buf->full = 1;
	else
		buf->drops++;
	return (-1);
}

/*
 * Returns where a record of that size and alignment goes, or -1: a drop, counted.  Gives the rest
 * of the half to mstate, if there is one, as scratch (ring: all of the other half).
 */
long
dtrace_buffer_reserve(struct dtrace_buffer *buf, size_t needed, size_t align, struct dtrace_mstate *mstate)
{
	size_t offs, limit = buf->size - buf->reserve;

	if (buf->tomax == NULL || buf->full || needed > limit)
		return (dtrace_buffer_refuse(buf));
	offs = roundup2(buf->offset, align);
	if (offs > limit || needed > limit - offs) {
		if (buf->policy != DTRACE_BUFPOLICY_RING)
			return (dtrace_buffer_refuse(buf));
		offs = dtrace_buffer_wrap(buf, needed);
	} else if (buf->policy == DTRACE_BUFPOLICY_RING)
		dtrace_buffer_evict(buf, offs + needed);
	buf->offset = dtrace_buffer_pad(buf, buf->offset, align);
	if (mstate == NULL)
		return ((long)offs);
	mstate->scratch_base = (uintptr_t)(buf->tomax + offs + needed);
	mstate->scratch_size = buf->size - (offs + needed);
	if (buf->policy == DTRACE_BUFPOLICY_RING) {
		mstate->scratch_base = (uintptr_t)buf->xamot;
		mstate->scratch_size = buf->size;
	}
	mstate->scratch_ptr = mstate->scratch_base;
	return ((long)offs);
}

/* Ring: copies the records into the other half, oldest first; returns their bytes. */
size_t
dtrace_buffer_unwrap(struct dtrace_buffer *buf)
{
	size_t from = buf->wrapped ? buf->xamot_offset : 0, n = 0;

	if (buf->wrapped)
		for (; from < buf->wrap_end; from++)
			buf->xamot[n++] = buf->tomax[from];
	for (from = 0; from < buf->offset; from++)
		buf->xamot[n++] = buf->tomax[from];
	return (n);
}

/*
 * Switches the halves.  Returns the one to read, its bytes, and what was lost since the last
 * time; it stays untouched until the next switch.
 */
uint8_t *
dtrace_buffer_switch(struct dtrace_buffer *buf, size_t *bytes, u_int *drops, u_int *errors)
{
	uint8_t *out = buf->tomax;

	*drops = buf->drops;
	*errors = buf->errors;
	buf->drops = buf->errors = 0;
	if (buf->policy == DTRACE_BUFPOLICY_RING) {
		*bytes = dtrace_buffer_unwrap(buf);
		out = buf->xamot;
	} else {
		*bytes = buf->offset;
		buf->tomax = buf->xamot;
		buf->xamot = out;
	}
	buf->offset = 0;
	buf->wrapped = 0;
	return (out);
}
