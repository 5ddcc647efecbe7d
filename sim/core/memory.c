/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an access costs: L1, L2, DRAM (Cortex-A8 TRM, table 16-16).
 *
 * A load that misses L1 is replayed and waits; a store that misses never waits for the line: its words are
 * combined per line and go to L2, and a line written in full is not fetched.  Lines written back to DRAM
 * queue; a full queue stalls, and a read waits until the queue is empty (one 16-bit DDR3 channel).
 */
#include "core.h"

static uint64_t
later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* Queue one line's write to DRAM; stalls when the queue is full. */
static void
dram_write(struct core *c)
{
	uint64_t room = (uint64_t)(c->p.dram_write_line_cycles * c->p.dram_write_queue);

	c->t.dram_free = later(c->t.dram_free, c->n.cycles) + (uint64_t)c->p.dram_write_line_cycles;
	if (c->t.dram_free > c->n.cycles + room)
		c->n.cycles = c->t.dram_free - room;
}

static void
l2_install(struct core *c, uint32_t line, bool dirty)
{
	uint32_t old = cache_fill(&c->t.l2, line, dirty);

	if (old != NO_LINE && (old & 1))
		dram_write(c);
}

/* Bring a line to L2's output; the CPU waits. */
static void
l2_read(struct core *c, uint32_t line)
{
	c->n.l2_access++;
	if (cache_find(&c->t.l2, line)) {
		c->n.cycles += (uint64_t)c->p.l2_hit_cycles;
		return;
	}
	c->n.l2_refill++;
	c->n.cycles = later(c->n.cycles, c->t.dram_free) + (uint64_t)(c->p.l2_miss_cycles + c->p.dram_latency_cycles);
	l2_install(c, line, false);
}

/* A line arrives at L2 from above; `whole' lines need no fetch. */
static void
l2_write(struct core *c, uint32_t line, bool whole)
{
	uint32_t *tag = cache_find(&c->t.l2, line);

	c->n.l2_access++;
	if (tag) {
		*tag |= 1;
		return;
	}
	if (!whole) {
		c->n.l2_refill++;
		c->t.dram_free = later(c->t.dram_free, c->n.cycles) + (uint64_t)c->p.dram_latency_cycles;
	}
	l2_install(c, line, true);
}

static void
combine_retire(struct core *c, struct combine *entry)
{
	if (entry->line == NO_LINE)
		return;
	l2_write(c, entry->line, entry->words == LINE_WORDS_FULL);
	entry->line = NO_LINE;
}

static struct combine *
combine_find(struct core *c, uint32_t line)
{
	for (size_t i = 0; i < COMBINE; i++)
		if (c->t.combine[i].line == line)
			return &c->t.combine[i];
	return NULL;
}

static void
l1d_install(struct core *c, uint32_t line, bool dirty)
{
	uint32_t old = cache_fill(&c->t.l1d, line, dirty);

	if (old != NO_LINE && (old & 1))
		l2_write(c, old >> 1, true);
}

/* A load from `line' that was not the last hit of its set. */
void
memory_read(struct core *c, uint32_t line)
{
	struct cache *l1d = &c->t.l1d;
	uint32_t *tag = cache_find(l1d, line);
	struct combine *entry;

	if (tag) {
		l1d->mru[line & l1d->set_mask] = *tag;
		return;
	}
	c->n.l1d_refill++;
	if ((entry = combine_find(c, line)) != NULL)
		combine_retire(c, entry);
	l2_read(c, line);
	l1d_install(c, line, false);
}

static uint32_t
word_mask(uint32_t pa, uint32_t words)
{
	return ((1u << words) - 1) << (pa >> 2 & 15);
}

static void
combine_write(struct core *c, uint32_t line, uint32_t mask)
{
	struct combine *entry = combine_find(c, line);

	if (entry == NULL) {
		entry = &c->t.combine[c->t.combine_next++ % COMBINE];
		combine_retire(c, entry);
		entry->line = line;
		entry->words = 0;
	}
	entry->words |= mask;
	c->t.combine_last = entry;
}

/* A store of words within a line that was not the last, dirty hit of its set. */
void
memory_write(struct core *c, uint32_t pa, uint32_t words)
{
	struct cache *l1d = &c->t.l1d;
	uint32_t line = pa >> LINE_SHIFT;
	uint32_t *tag;

	if (c->t.combine_last->line == line) {	/* then it is not in L1 */
		c->t.combine_last->words |= word_mask(pa, words);
		return;
	}
	if ((tag = cache_find(l1d, line)) != NULL) {
		*tag |= 1;
		l1d->mru[line & l1d->set_mask] = *tag;
	} else if (c->p.l1d_write_allocate) {
		c->n.l1d_refill++;
		l2_read(c, line);
		l1d_install(c, line, true);
	} else {
		combine_write(c, line, word_mask(pa, words));
	}
}

/* Instruction fetch from a line other than the last. */
void
memory_fetch(struct core *c, uint32_t line)
{
	struct cache *l1i = &c->t.l1i;
	uint32_t set = line & l1i->set_mask;
	uint32_t *tag;

	if (l1i->mru[set] == line << 1)
		return;
	if ((tag = cache_find(l1i, line)) != NULL) {
		l1i->mru[set] = *tag;
		return;
	}
	c->n.l1i_refill++;
	l2_read(c, line);
	cache_fill(l1i, line, false);
}

/* The table walker reads a descriptor; it goes through L2, not L1. */
void
memory_walk(struct core *c, uint32_t pa)
{
	l2_read(c, pa >> LINE_SHIFT);
}

/* Write a dirty line back, to L2 (the point of unification) or to memory; with `invalidate' drop it. */
void
memory_clean(struct core *c, uint32_t line, bool to_memory, bool invalidate)
{
	struct cache *l1d = &c->t.l1d;
	struct combine *entry = combine_find(c, line);
	uint32_t *tag = cache_find(l1d, line);

	if (entry)
		combine_retire(c, entry);
	if (tag && (*tag & 1)) {
		*tag &= ~1u;
		l2_write(c, line, true);
	}
	l1d->mru[line & l1d->set_mask] = NO_LINE;
	if (invalidate)
		cache_drop(l1d, line);
	if (to_memory && (tag = cache_find(&c->t.l2, line)) != NULL) {
		if (*tag & 1)
			dram_write(c);
		*tag &= ~1u;
		if (invalidate)
			cache_drop(&c->t.l2, line);
	}
}
