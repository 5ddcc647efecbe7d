/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two TLBs (TRM 6.1): fully associative, replaced in turn, hardware walks through L2.
 *
 * Instruction entries are keyed by virtual page.  Unicorn's memory hook tells only physical addresses, so data
 * entries are keyed by physical page, or by section where a page was never mapped by itself: what is counted is
 * right as long as a page is used through one mapping at a time.  Keys are page + 1 or SECTION_FLAG | section.
 */
#include <string.h>

#include "core.h"

static void
forget_filter(struct tlb *tlb)
{
	memset(tlb->filter, 0xff, sizeof(tlb->filter));
}

/* True on a hit; a miss installs the key. */
bool
tlb_lookup(struct tlb *tlb, uint32_t key)
{
	for (uint32_t i = 0; i < tlb->entries; i++)
		if (tlb->key[i] == key)
			return true;
	tlb->key[tlb->next] = key;
	tlb->next = (tlb->next + 1) % tlb->entries;
	forget_filter(tlb);
	return false;
}

void
tlb_flush(struct tlb *tlb)
{
	memset(tlb->key, 0, sizeof(tlb->key));
	tlb->next = 0;
	forget_filter(tlb);
}

void
tlb_remove(struct tlb *tlb, uint32_t key)
{
	for (uint32_t i = 0; i < tlb->entries; i++)
		if (tlb->key[i] == key)
			tlb->key[i] = 0;
	forget_filter(tlb);
}

/* A walk for va: one descriptor for a section, two for a page. */
static void
walk(struct core *c, uint32_t va, bool section)
{
	uint32_t l1 = c->t.ttbr + (va >> 20 << 2);
	uint32_t *word = (uint32_t *)ram_pointer(c, l1, 4);

	c->n.cycles += (uint64_t)c->p.tlb_walk_cycles;
	memory_walk(c, l1);
	if (!section && word)
		memory_walk(c, (*word & 0xfffffc00u) | (va >> 12 & 0xff) << 2);
}

/* A data access to physical page `page' that the filter does not know. */
void
tlb_data(struct core *c, uint32_t page)
{
	struct tlb *tlb = &c->t.dtlb;
	uint32_t index = page - (uint32_t)(c->ram_base >> PAGE_SHIFT);
	bool section = !c->t.small[index];
	uint32_t va = (c->t.home[index] << PAGE_SHIFT);

	if (c->t.ttbr == 0)
		return;
	if (!tlb_lookup(tlb, section ? SECTION_FLAG | page >> 8 : page + 1)) {
		c->n.dtlb_refill++;
		walk(c, va, section);
	}
	tlb->filter[page % TLB_FILTER] = page;
}

/* Instruction fetch from another page. */
void
tlb_fetch(struct core *c, uint32_t key, uint32_t va)
{
	if (c->t.ttbr == 0 || tlb_lookup(&c->t.itlb, key))
		return;
	c->n.itlb_refill++;
	walk(c, va, key & SECTION_FLAG);
}
