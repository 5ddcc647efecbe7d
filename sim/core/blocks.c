/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scheduled blocks, looked up by virtual address.  A slot is believed while its generation lasts: a change
 * of the address space ends that of user text, instruction cache maintenance that of all text.  Then the
 * translation and the words are compared, and only a changed block is scheduled anew.
 */
#include "core.h"

static uint32_t
checksum(const uint32_t *insns, uint32_t count)
{
	uint32_t sum = count;

	for (uint32_t i = 0; i < count; i++)
		sum = (sum << 5 | sum >> 27) + insns[i];
	return sum;
}

static void
fill(struct core *c, struct slot *slot, const uint32_t *insns, uint32_t count)
{
	struct op last;

	slot->sum = checksum(insns, count);
	schedule(c, insns, count, &slot->shape);
	decode(c, insns[count - 1], &last);
	slot->end = last.end;
	if (c->p.plain) {
		slot->uops = 0;
		slot->hook_from = NO_HOOK;
	} else {
		foresee(c, slot, insns, count);
	}
}

/* Make the slot right for the block at pc; returns it. */
struct slot *
block_fill(struct core *c, struct slot *slot, uint32_t pc, uint32_t bytes)
{
	uint32_t pa = pc, perms, fsr, count = bytes / 4;
	const uint32_t *insns = NULL;
	bool section = true, same;

	if (mmu_translate(c, pc, ACCESS_FETCH, false, &pa, &perms, &fsr, &section))
		insns = (const uint32_t *)ram_pointer(c, pa, bytes);
	same = slot->pc == pc && slot->bytes == bytes && slot->pa == pa && slot->generation != 0;
	slot->pc = pc;
	slot->bytes = bytes;
	slot->pa = pa;
	slot->generation = c->t.generation[pc >> 30 == 3];
	slot->page = section ? SECTION_FLAG | pc >> 20 : (pc >> PAGE_SHIFT) + 1;
	slot->first_line = pa >> LINE_SHIFT;
	slot->last_line = (pa + bytes - 1) >> LINE_SHIFT;
	if (insns == NULL || count == 0) {
		slot->shape = (struct shape){ .cycles = 1 };
		slot->end = 0;
		slot->sum = 0;
		slot->uops = 0;
		slot->hook_from = NO_HOOK;
	} else if (!same || slot->sum != checksum(insns, count)) {
		fill(c, slot, insns, count);
	}
	return slot;
}
