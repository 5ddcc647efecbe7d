/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an access costs: L1, L2 (Cortex-A8 TRM, table 16-16); dram.c has the rest.
 *
 * A load that misses L1 is replayed and waits; a store that misses never waits for the line: its words are combined per
 * line and go to L2 if the line is there, else to memory, which needs no fetch (lines are written with byte strobes).
 * L1's own dirty lines go to L2.
 */
#include "core.h"

static void
l2_install(struct core *c, uint32_t line, bool dirty)
{
	uint32_t old = cache_fill(&c->t.l2, line & c->t.l2.set_mask, line, dirty);

	if (old != NO_LINE && (old & 1))
		dram_write(c, old >> 1);
}

/* A line L1 gives up: it always goes to L2. */
static void
l2_victim(struct core *c, uint32_t line)
{
	uint32_t *tag = cache_find(&c->t.l2, line & c->t.l2.set_mask, line);

	c->n.l2_access++;
	if (tag)
		*tag |= 1;
	else
		l2_install(c, line, true);
}

/* Words stored to a line that is not in L1: they go on to memory if it is not in L2 either. */
static void
l2_store(struct core *c, uint32_t line)
{
	uint32_t *tag = cache_find(&c->t.l2, line & c->t.l2.set_mask, line);

	c->n.l2_access++;
	if (tag)
		*tag |= 1;
	else if (c->p.l2_write_allocate)
		l2_install(c, line, true);
	else
		dram_write(c, line);
}

static void
combine_retire(struct core *c, struct combine *entry)
{
	if (entry->line == NO_LINE)
		return;
	l2_store(c, entry->line);
	entry->line = NO_LINE;
}

/* Bring a line to L2's output; the CPU waits.  What is to be written goes to memory first. */
static void
l2_read(struct core *c, uint32_t line)
{
	c->n.l2_access++;
	if (cache_find(&c->t.l2, line & c->t.l2.set_mask, line)) {
		c->n.cycles += (uint64_t)c->p.l2_hit_cycles;
		return;
	}
	c->n.l2_refill++;
	for (size_t i = 0; i < COMBINE; i++)
		combine_retire(c, &c->t.combine[i]);
	c->n.cycles += (uint64_t)c->p.l2_miss_cycles;
	dram_read(c, line);
	l2_install(c, line, false);
}

static struct combine *
combine_find(struct core *c, uint32_t line)
{
	for (size_t i = 0; i < COMBINE; i++)
		if (c->t.combine[i].line == line)
			return &c->t.combine[i];
	return NULL;
}

/*
 * L1 D is indexed by virtual address.  A line that was brought in through another address may lie in another set, where
 * the hardware finds it: it goes to L2, to be read from there (TRM 7.2).
 */
static void
l1d_unalias(struct core *c, uint32_t set, uint32_t line)
{
	struct cache *l1d = &c->t.l1d;

	for (uint32_t other = (set + PAGE_LINES) & l1d->set_mask; other != set; other = (other + PAGE_LINES) & l1d->set_mask)
		if (cache_find(l1d, other, line) && cache_drop(l1d, other, line))
			l2_victim(c, line);
}

static void
l1d_install(struct core *c, uint32_t set, uint32_t line, bool dirty)
{
	struct cache *l1d = &c->t.l1d;
	uint32_t old = cache_fill(l1d, set, line, dirty);

	if (old != NO_LINE && (old & 1))
		l2_victim(c, old >> 1);
	if (c->t.filling == line)
		l1d->mru[set] = NO_LINE;	/* so that memory_read() sees the next load */
}

/* A load from `line' that was not the last hit of its set. */
void
memory_read(struct core *c, uint32_t set, uint32_t line)
{
	struct cache *l1d = &c->t.l1d;
	uint32_t *tag = cache_find(l1d, set, line);
	struct combine *entry;

	if (tag) {
		if (c->t.filling == line)
			dram_wait(c);
		l1d->mru[set] = *tag;
		return;
	}
	c->n.l1d_refill++;
	if ((entry = combine_find(c, line)) != NULL)
		combine_retire(c, entry);
	l1d_unalias(c, set, line);
	l2_read(c, line);
	l1d_install(c, set, line, false);
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
memory_write(struct core *c, uint32_t set, uint32_t pa, uint32_t words)
{
	struct cache *l1d = &c->t.l1d;
	uint32_t line = pa >> LINE_SHIFT;
	uint32_t *tag;

	if (c->t.combine_last->line == line) {	/* then it is not in L1 */
		c->t.combine_last->words |= word_mask(pa, words);
		return;
	}
	if ((tag = cache_find(l1d, set, line)) != NULL) {
		*tag |= 1;
		if (c->t.filling != line)
			l1d->mru[set] = *tag;
		return;
	}
	l1d_unalias(c, set, line);
	if (c->p.l1d_write_allocate) {
		c->n.l1d_refill++;
		l2_read(c, line);
		l1d_install(c, set, line, true);
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

	c->n.l1i_access++;
	if (l1i->mru[set] == line << 1)
		return;
	if ((tag = cache_find(l1i, set, line)) != NULL) {
		l1i->mru[set] = *tag;
		return;
	}
	c->n.l1i_refill++;
	l2_read(c, line);
	if (c->t.filling == line)
		dram_wait(c);		/* the fetch goes through the line in order */
	cache_fill(l1i, set, line, false);
}

/* The table walker reads a descriptor; it goes through L2, not L1. */
void
memory_walk(struct core *c, uint32_t pa)
{
	l2_read(c, pa >> LINE_SHIFT);
}

/* Write L1's dirty line back to L2 (the point of unification); with `invalidate' drop it. */
static void
l1d_clean(struct core *c, uint32_t set, uint32_t line, bool invalidate)
{
	struct cache *l1d = &c->t.l1d;
	uint32_t *tag = cache_find(l1d, set, line);

	if (tag == NULL)
		return;
	if (*tag & 1) {
		*tag &= ~1u;
		l2_victim(c, line);
	}
	l1d->mru[set] = NO_LINE;
	if (invalidate)
		cache_drop(l1d, set, line);
}

/* Write a dirty line back, to L2 or to memory; with `invalidate' drop it. */
void
memory_clean(struct core *c, uint32_t line, bool to_memory, bool invalidate)
{
	struct combine *entry = combine_find(c, line);
	uint32_t *tag;

	if (entry)
		combine_retire(c, entry);
	for (uint32_t set = line % PAGE_LINES; set <= c->t.l1d.set_mask; set += PAGE_LINES)
		l1d_clean(c, set, line, invalidate);
	if (to_memory && (tag = cache_find(&c->t.l2, line & c->t.l2.set_mask, line)) != NULL) {
		if (*tag & 1)
			dram_write(c, line);
		*tag &= ~1u;
		if (invalidate)
			cache_drop(&c->t.l2, line & c->t.l2.set_mask, line);
	}
}
