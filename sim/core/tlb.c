/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two TLBs (TRM 6.1): fully associative, replaced in turn, hardware walks through L2.
 *
 * A key is the virtual page + 1, or SECTION_FLAG | section.  The kernel flushes when it changes the address space, as
 * no ASIDs are used.
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

/* A data access to a page that the filter does not know. */
void
tlb_data(struct core *c, uint32_t va, uint32_t key)
{
	struct tlb *tlb = &c->t.dtlb;

	if (c->t.ttbr == 0)
		return;
	if (!tlb_lookup(tlb, key)) {
		c->n.dtlb_refill++;
		walk(c, va, key & SECTION_FLAG);
	}
	tlb->filter[(va >> PAGE_SHIFT) % TLB_FILTER] = va >> PAGE_SHIFT;
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
