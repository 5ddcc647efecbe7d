/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dynamic variables: thread-local variables and associative arrays, in a fixed space of equal
 * chunks hung on a hash.  A variable that finds no chunk is dropped, and the drop is counted.
 *
 * As published, a freed chunk is dirty and is used again only after a cleaning, one every cleanrate,
 * which passes over the dirty ones while there are clean ones left.  There is one CPU and interrupts
 * are off, so there are no locks and a cleaning is a look at the clock, done by whoever comes first.
 */
#include "dtrace/dtrace_impl.h"

/* Lays the space out: buckets first (one for each chunk, rounded down to a power of two), then chunks. */
int
dtrace_dstate_create(struct dtrace_dstate *ds, size_t size, size_t chunksize)
{
	size_t per = chunksize + sizeof(struct dtrace_dynvar *);

	chunksize = roundup2(chunksize, 8);
	ds->size = size;
	ds->chunksize = chunksize;
	if (size < DTRACE_DSTATE_LEAST(chunksize) || (ds->base = dtrace_alloc(size, 1)) == NULL)
		return (ENOMEM);
	ds->hashsize = 1;
	while (ds->hashsize * 2 <= size / per)
		ds->hashsize *= 2;
	ds->hash = (struct dtrace_dynvar **)(void *)ds->base;
	ds->chunks = ds->base + roundup2(ds->hashsize * sizeof(struct dtrace_dynvar *), 8);
	ds->fresh = ds->chunks;
	ds->end = ds->base + size;
	return (0);
}

/* Jenkins one-at-a-time over the keys; by-reference keys by their bytes. */
uint32_t
dtrace_dynvar_hash(u_int nkeys, const struct dtrace_key *key)
{
	uint32_t h = 0;
	uint64_t bytes, v;

	for (u_int k = 0; k < nkeys; k++) {
		bytes = key[k].size == 0 ? 8 : key[k].size;
		v = key[k].value;
		for (uint64_t n = 0; n < bytes; n++) {
			if (dtrace_cpu.flags & CPU_DTRACE_FAULT)
				return (0);
			h += key[k].size == 0 ? (uint8_t)(v >> (8 * n)) : dtrace_load8((uintptr_t)(v + n));
			h += h << 10;
			h ^= h >> 6;
		}
	}
	h += h << 3;
	h ^= h >> 11;
	h += h << 15;
	return (h);
}

int
dtrace_key_equal(const struct dtrace_key *a, const struct dtrace_key *b)
{

	if (a->size != b->size)
		return (0);
	if (a->size == 0)
		return (a->value == b->value);
	for (uint64_t n = 0; n < a->size; n++)
		if (dtrace_load8((uintptr_t)(a->value + n)) != dtrace_load8((uintptr_t)(b->value + n)))
			return (0);
	return (1);
}

int
dtrace_dynvar_matches(const struct dtrace_dynvar *dvar, uint32_t hash, u_int nkeys, const struct dtrace_key *key)
{

	if (dvar->hash != hash || dvar->nkeys != nkeys)
		return (0);
	for (u_int k = 0; k < nkeys; k++)
		if (!dtrace_key_equal(&dvar->key[k], &key[k]))
			return (0);
	return (1);
}

/* Cleans what is dirty if a cleaning has been due since the last call. */
void
dtrace_dynvar_clean(struct dtrace_dstate *ds, uint64_t now)
{

	if (now < ds->clean_next)
		return;
	ds->clean_next = now + ds->cleanrate;
	if (ds->clean != NULL)
		return;
	ds->clean = ds->dirty;
	ds->dirty = NULL;
}

/* Returns a chunk; NULL, and a drop counted, if there is none. */
struct dtrace_dynvar *
dtrace_dynvar_chunk(struct dtrace_dstate *ds, uint64_t now)
{
	struct dtrace_dynvar *dvar;

	if ((size_t)(ds->end - ds->fresh) >= ds->chunksize) {
		dvar = (struct dtrace_dynvar *)(void *)ds->fresh;
		ds->fresh += ds->chunksize;
		return (dvar);
	}
	dtrace_dynvar_clean(ds, now);
	if ((dvar = ds->clean) != NULL) {
		ds->clean = dvar->next;
		return (dvar);
	}
	if (ds->dirty != NULL)
		ds->dirty_drops++;
	else
		ds->drops++;
	dtrace_cpu.flags |= CPU_DTRACE_DROP;
	return (NULL);
}

/* Fills a chunk: header, keys, the bytes of by-reference keys, then dsize bytes of zeroed data. */
void
dtrace_dynvar_fill(struct dtrace_dynvar *dvar, uint32_t hash, u_int nkeys, const struct dtrace_key *key, size_t dsize)
{
	uint8_t *p = (uint8_t *)&dvar->key[nkeys];

	dvar->hash = hash;
	dvar->nkeys = nkeys;
	for (u_int k = 0; k < nkeys; k++) {
		dvar->key[k] = key[k];
		if (key[k].size == 0)
			continue;
		dvar->key[k].value = (uintptr_t)p;
		dtrace_bcopy_safe((uintptr_t)key[k].value, p, (size_t)key[k].size);
		p += roundup2((size_t)key[k].size, 8);
	}
	dvar->data = p;
	for (size_t n = 0; n < dsize; n++)
		p[n] = 0;
}

struct dtrace_dynvar *
dtrace_dynvar_add(struct dtrace_dstate *ds, struct dtrace_dynvar **bucket, uint32_t hash, u_int nkeys,
    const struct dtrace_key *key, size_t dsize, uint64_t now)
{
	struct dtrace_dynvar *dvar;
	uint64_t need = sizeof(*dvar) + nkeys * sizeof(*key) + dsize;

	for (u_int k = 0; k < nkeys; k++) {
		if (key[k].size > ds->chunksize)
			need += ds->chunksize;
		else
			need += roundup2(key[k].size, 8);
	}
	if (need > ds->chunksize) {
		ds->drops++;
		return (NULL);
	}
	if ((dvar = dtrace_dynvar_chunk(ds, now)) == NULL)
		return (NULL);
	dtrace_dynvar_fill(dvar, hash, nkeys, key, dsize);
	dvar->next = *bucket;
	*bucket = dvar;
	return (dvar);
}

void
dtrace_dynvar_remove(struct dtrace_dstate *ds, struct dtrace_dynvar **link, uint64_t now)
{
	struct dtrace_dynvar *dvar = *link;

	dtrace_dynvar_clean(ds, now);
	*link = dvar->next;
	dvar->data = NULL;
	dvar->next = ds->dirty;
	ds->dirty = dvar;
}

/*
 * Finds the variable of that key; now is the firing's time.  Not there: ALLOC makes it, zeroed (NULL if it had to be
 * dropped); else NULL.  DEALLOC frees it and returns NULL.
 */
struct dtrace_dynvar *
dtrace_dynvar(struct dtrace_dstate *ds, u_int nkeys, struct dtrace_key *key, size_t dsize, int op,
    uint64_t now)
{
	struct dtrace_dynvar **link, **bucket;
	uint32_t hash;

	hash = dtrace_dynvar_hash(nkeys, key);
	if (ds->base == NULL || (dtrace_cpu.flags & CPU_DTRACE_FAULT))
		return (NULL);
	bucket = &ds->hash[hash & (ds->hashsize - 1)];
	for (link = bucket; *link != NULL; link = &(*link)->next)
		if (dtrace_dynvar_matches(*link, hash, nkeys, key))
			break;
	if (*link == NULL)
		return (op == DTRACE_DYNVAR_ALLOC ? dtrace_dynvar_add(ds, bucket, hash, nkeys, key, dsize, now) :
		    NULL);
	if (op != DTRACE_DYNVAR_DEALLOC)
		return (*link);
	dtrace_dynvar_remove(ds, link, now);
	return (NULL);
}
