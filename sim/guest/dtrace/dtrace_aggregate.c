/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The aggregation buffer: entries grow from the base, their hash keys down from the top.
 *
 * An entry is { bytes, tuple bytes, tuple }, the tuple { aggid, keys, value }: what the host
 * reads is the stretch from the base.  The hash is made afresh at every switch.  String keys
 * count up to their NUL only.  Interrupts are off.
 */
#include "dtrace/dtrace_impl.h"

#define DTRACE_MINAGGSIZE	64	/* a smaller buffer has no room for a hash: everything is dropped */

struct dtrace_aggkey {
	uint32_t	hash;
	u_int		kind;
	uint8_t		*tuple;		/* in the buffer */
	struct dtrace_aggkey *next;
};

/* At the very end of the buffer's active half; the buckets lie just below it. */
struct dtrace_agghead {
	struct dtrace_aggkey **bucket;
	u_int		nbucket;
	struct dtrace_aggkey *lowest;	/* keys are carved below this */
};

struct dtrace_aggentry {
	uint32_t	bytes;
	uint32_t	tuple_bytes;
};

struct dtrace_agghead *
dtrace_agg_head(const struct dtrace_buffer *buf)
{

	return ((struct dtrace_agghead *)(void *)(buf->tomax + buf->size - sizeof(struct dtrace_agghead)));
}

/*
 * Prepares an empty half: an eighth of it for buckets, as published.  Done when the buffer is made
 * and when it is switched, so that no firing has to clear half a megabyte first.
 */
void
dtrace_agg_start(struct dtrace_buffer *buf)
{
	struct dtrace_agghead *head;
	size_t n = buf->size / 8 / sizeof(head->bucket[0]);

	if (buf->size < DTRACE_MINAGGSIZE)
		return;
	head = dtrace_agg_head(buf);
	if (n > 136)
		n -= 17;
	head->nbucket = (u_int)MAX(n, 1);
	head->bucket = (struct dtrace_aggkey **)(void *)head - head->nbucket;
	head->lowest = (struct dtrace_aggkey *)((uintptr_t)head->bucket & ~(uintptr_t)7);
	dtrace_bzero(head->bucket, head->nbucket * sizeof(head->bucket[0]));
}

int
dtrace_agg_key_isstring(const struct dtrace_action *key)
{

	return (key->difo != NULL && key->difo->rkind == DPROG_TYPE_STRING && (key->difo->rflags & DPROG_TF_BYREF));
}

/* Jenkins one-at-a-time over the key bytes. */
uint32_t
dtrace_agg_hash(const struct dtrace_action *act, const uint8_t *tuple)
{
	uint32_t h = 0;
	int isstring;

	for (const struct dtrace_action *key = act - act->ntuple; key < act; key++) {
		isstring = dtrace_agg_key_isstring(key);
		for (u_int n = 0; n < key->size; n++) {
			h += tuple[key->offset + n];
			h += h << 10;
			h ^= h >> 6;
			if (isstring && tuple[key->offset + n] == '\0')
				break;
		}
	}
	h += h << 3;
	h ^= h >> 11;
	h += h << 15;
	return (h);
}

/* Compares one key of two tuples: strings to their NUL, whole words where a key is made of them. */
int
dtrace_agg_key_equal(const struct dtrace_action *key, const uint8_t *a, const uint8_t *b)
{
	const uint32_t *wa = (const void *)a, *wb = (const void *)b;
	int isstring = dtrace_agg_key_isstring(key);
	u_int n;

	if (!isstring && ((key->offset | key->size) & 3) == 0) {
		for (n = 0; n < key->size / 4; n++)
			if (wa[n] != wb[n])
				return (0);
		return (1);
	}
	for (n = 0; n < key->size; n++) {
		if (a[n] != b[n])
			return (0);
		if (isstring && a[n] == '\0')
			break;
	}
	return (1);
}

int
dtrace_agg_equal(const struct dtrace_action *act, const uint8_t *a, const uint8_t *b)
{

	if (*(const uint32_t *)(const void *)a != *(const uint32_t *)(const void *)b)
		return (0);
	for (const struct dtrace_action *key = act - act->ntuple; key < act; key++)
		if (!dtrace_agg_key_equal(key, a + key->offset, b + key->offset))
			return (0);
	return (1);
}

/* Makes the entry of a new tuple; NULL and a drop if it does not fit. */
struct dtrace_aggkey *
dtrace_agg_insert(struct dtrace_buffer *buf, const struct dtrace_action *act, const uint8_t *tuple)
{
	struct dtrace_agghead *head = dtrace_agg_head(buf);
	struct dtrace_aggentry *entry = (struct dtrace_aggentry *)(void *)(buf->tomax + buf->offset);
	u_int tuple_bytes = act->offset + act->size;
	size_t bytes = roundup2(sizeof(*entry) + tuple_bytes, 8);
	struct dtrace_aggkey *key;
	uint8_t *copy = (uint8_t *)(entry + 1);

	if ((uintptr_t)head->lowest - (uintptr_t)entry < bytes + sizeof(*key)) {
		buf->drops++;
		return (NULL);
	}
	entry->bytes = (uint32_t)bytes;
	entry->tuple_bytes = tuple_bytes;
	for (u_int n = 0; n < act->offset; n++)
		copy[n] = tuple[n];
	dtrace_agg_init(act->kind, (uint64_t *)(void *)(copy + act->offset), act->arg);
	buf->offset += bytes;
	key = --head->lowest;
	key->kind = act->kind;
	key->tuple = copy;
	return (key);
}

/*
 * Adds a value (in a distribution: increment times) under the tuple at `tuple`, as the clause's key actions have laid it out there.
 * Entries of the same aggid, function and layout are shared by all clauses.
 */
void
dtrace_aggregate(struct dtrace_state *state, const struct dtrace_clause *clause, const struct dtrace_action *act,
    const uint8_t *tuple, uint64_t value, uint64_t increment)
{
	struct dtrace_buffer *buf = &state->aggbuffer;
	struct dtrace_aggkey *key, **bucket;
	uint32_t hash;

	if (buf->size < DTRACE_MINAGGSIZE) {
		buf->drops++;
		return;
	}
	hash = dtrace_agg_hash(act, tuple);
	bucket = &dtrace_agg_head(buf)->bucket[hash % dtrace_agg_head(buf)->nbucket];
	for (key = *bucket; key != NULL; key = key->next)
		if (key->hash == hash && key->kind == act->kind &&
		    ((struct dtrace_aggentry *)(void *)key->tuple)[-1].tuple_bytes == act->offset + act->size &&
		    dtrace_agg_equal(act, key->tuple, tuple))
			break;
	if (key == NULL) {
		if ((key = dtrace_agg_insert(buf, act, tuple)) == NULL)
			return;
		key->hash = hash;
		key->next = *bucket;
		*bucket = key;
	}
	dtrace_agg_add(act->kind, (uint64_t *)(void *)(key->tuple + act->offset), value, increment, act->arg);
}

/* Switches the halves; returns the one to read, its bytes and the drops since the last time. */
uint8_t *
dtrace_aggbuffer_switch(struct dtrace_buffer *buf, size_t *bytes, u_int *drops)
{
	uint8_t *out = buf->tomax;

	*bytes = buf->offset;
	*drops = buf->drops;
	buf->tomax = buf->xamot;
	buf->xamot = out;
	buf->offset = 0;
	buf->drops = 0;
	dtrace_agg_start(buf);
	return (out);
}
