/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Doors for the unit tests (tests/sim/test_models.py): single parts of the timing model, run on a given trace.
 * Each writes its verdicts to `out', one per element of the trace.
 */
#include <string.h>

#include "core.h"

/* Look up and fill a cache line by line; out[i] = hit. */
PC_API bool
pc_test_cache(uint64_t bytes, uint64_t ways, const uint32_t *lines, uint32_t count, uint8_t *out)
{
	struct cache cache;

	if (!cache_open(&cache, bytes, ways))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		out[i] = cache_find(&cache, lines[i] & cache.set_mask, lines[i]) != NULL;
		if (!out[i])
			cache_fill(&cache, lines[i] & cache.set_mask, lines[i], false);
	}
	cache_close(&cache);
	return true;
}

/* Look up keys; key 0 flushes, a key with bit 30 set removes the key without it.  out[i] = hit. */
PC_API void
pc_test_tlb(uint32_t entries, const uint32_t *keys, uint32_t count, uint8_t *out)
{
	struct tlb tlb = { .entries = entries };

	tlb_flush(&tlb);
	for (uint32_t i = 0; i < count; i++) {
		out[i] = 0;
		if (keys[i] == 0)
			tlb_flush(&tlb);
		else if (keys[i] & 0x40000000u)
			tlb_remove(&tlb, keys[i] & ~0x40000000u);
		else
			out[i] = tlb_lookup(&tlb, keys[i]);
	}
}

/* Branches as (END_* flags, address, where it went); out[i] = predicted. */
PC_API bool
pc_test_predictor(struct core *c, const uint32_t *branches, uint32_t count, uint8_t *out)
{
	struct predictor p;

	memset(&p, 0, sizeof(p));
	if (!predictor_open(&p, (uint64_t)c->p.btb_entries, (uint64_t)c->p.btb_ways, (uint64_t)c->p.ghb_entries,
	    (uint64_t)c->p.history_bits, (uint64_t)c->p.return_stack))
		return false;
	for (uint32_t i = 0; i < count; i++)
		out[i] = predict(&p, branches[3 * i], branches[3 * i + 1], branches[3 * i + 2]);
	predictor_close(&p);
	return true;
}

/* Cycles of a block's schedule. */
PC_API uint32_t
pc_test_schedule(struct core *c, const uint32_t *insns, uint32_t count)
{
	struct shape shape;

	schedule(c, insns, count, &shape);
	return shape.cycles;
}

/* The room for scheduled blocks is used up, as after very much text: the next new one is the first. */
PC_API void
pc_test_exhaust(struct core *c)
{
	c->t.lines_used = BLOCK_LINES;
}

/*
 * Accesses as (address, words, 1 for a store), the MMU off; out[i] = the clock after it.  The machine has not run
 * and does not afterwards.
 */
PC_API void
pc_test_memory(struct core *c, const uint32_t *accesses, uint32_t count, uint64_t *out)
{
	uint32_t last;

	for (uint32_t i = 0; i < count; i++) {
		c->n.cycles++;
		charge(c, accesses[3 * i], accesses[3 * i + 1], accesses[3 * i + 2] != 0, &last);
		out[i] = c->n.cycles;
	}
}
