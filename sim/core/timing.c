/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Opens and closes the timing model, and tells it of exceptions.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "core.h"

/* Zeroed memory that takes no room until it is used. */
void *
sparse(size_t bytes)
{
	void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

static void
tlb_open(struct core *c, struct tlb *tlb)
{
	tlb->entries = (uint32_t)c->p.tlb_entries;
	tlb_flush(tlb);
}

bool
timing_open(struct core *c)
{
	struct timing *t = &c->t;

	t->generation[0] = t->generation[1] = t->space = 1;
	t->last_line = t->last_page = t->filling = NO_LINE;
	t->combine_last = &t->combine[0];
	for (size_t i = 0; i < COMBINE; i++)
		t->combine[i].line = NO_LINE;
	tlb_open(c, &t->itlb);
	tlb_open(c, &t->dtlb);
	t->text = sparse(c->ram_bytes >> PAGE_SHIFT);
	return blocks_open(t) && t->text && late_open(c) && cache_open(&t->l1i, (uint64_t)c->p.l1i_bytes, (uint64_t)c->p.l1i_ways) &&
	    cache_open(&t->l1d, (uint64_t)c->p.l1d_bytes, (uint64_t)c->p.l1d_ways) &&
	    cache_open(&t->l2, (uint64_t)c->p.l2_bytes, (uint64_t)c->p.l2_ways) &&
	    predictor_open(&t->predictor, (uint64_t)c->p.btb_entries, (uint64_t)c->p.btb_ways, (uint64_t)c->p.ghb_entries,
	        (uint64_t)c->p.history_bits, (uint64_t)c->p.return_stack);
}

void
discard(void *memory, size_t bytes)
{
	if (memory)
		munmap(memory, bytes);
}

void
timing_close(struct core *c)
{
	struct timing *t = &c->t;

	cache_close(&t->l1i);
	cache_close(&t->l1d);
	cache_close(&t->l2);
	predictor_close(&t->predictor);
	blocks_close(t);
	discard(t->text, c->ram_bytes >> PAGE_SHIFT);
	free(t->late);
}

/* An exception is being entered: the pipeline is flushed, and the vector was not a branch's target. */
void
timing_exception(struct core *c)
{
	if (!c->timed)
		return;
	c->n.cycles += (uint64_t)c->p.exception_cycles;
	c->t.end = 0;
	c->t.user = false;
	c->t.shape = (struct shape){ .cycles = 0 };
}
