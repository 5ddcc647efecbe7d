/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Set-associative tag store with pseudo-random replacement (an empty way is taken first).
 * Knows nothing of time, nor of which set an address belongs to; memory.c does, and charges for what it finds.
 */
#include <stdlib.h>
#include <string.h>

#include "timing.h"

bool
cache_open(struct cache *cache, uint64_t bytes, uint64_t ways)
{
	uint64_t sets = bytes >> LINE_SHIFT;

	cache->ways = (uint32_t)ways;
	cache->set_mask = (uint32_t)(sets / ways) - 1;
	cache->random = 1;
	cache->tag = malloc(sets * sizeof(uint32_t));
	cache->mru = malloc((sets / ways) * sizeof(uint32_t));
	if (cache->tag == NULL || cache->mru == NULL)
		return false;
	memset(cache->tag, 0xff, sets * sizeof(uint32_t));
	memset(cache->mru, 0xff, (sets / ways) * sizeof(uint32_t));
	return true;
}

void
cache_close(struct cache *cache)
{
	free(cache->tag);
	free(cache->mru);
}

/* The line's tag word in a set, or NULL. */
uint32_t *
cache_find(struct cache *cache, uint32_t set, uint32_t line)
{
	uint32_t *tag = cache->tag + (size_t)set * cache->ways;

	for (uint32_t way = 0; way < cache->ways; way++)
		if (tag[way] >> 1 == line)
			return &tag[way];
	return NULL;
}

/* A 32-bit xorshift generator (Marsaglia): the same sequence everywhere. */
static uint32_t
next_random(struct cache *cache)
{
	uint32_t x = cache->random;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return cache->random = x;
}

/* Put a line that is not there in; returns the tag it replaces, NO_LINE if none. */
uint32_t
cache_fill(struct cache *cache, uint32_t set, uint32_t line, bool dirty)
{
	uint32_t way, old;
	uint32_t *tag = cache->tag + (size_t)set * cache->ways;

	for (way = 0; way < cache->ways && tag[way] != NO_LINE; way++)
		continue;
	if (way == cache->ways)
		way = next_random(cache) % cache->ways;
	old = tag[way];
	tag[way] = line << 1 | dirty;
	cache->mru[set] = tag[way];
	return old;
}

/* Take a line out; true if it was dirty. */
bool
cache_drop(struct cache *cache, uint32_t set, uint32_t line)
{
	uint32_t *tag = cache_find(cache, set, line);
	bool dirty;

	if (tag == NULL)
		return false;
	dirty = *tag & 1;
	*tag = NO_LINE;
	cache->mru[set] = NO_LINE;
	return dirty;
}
