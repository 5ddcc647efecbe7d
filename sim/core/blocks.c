/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scheduled blocks, looked up by virtual address.  A block is believed while its generation lasts: a change
 * of the address space ends that of user text, instruction cache maintenance that of all text.  Then the
 * translation and the words are compared, and only a changed block is scheduled anew.
 *
 * They are kept close together, since the host waits for its memory more than for anything else here.
 */
#include <string.h>

#include "core.h"

/* No block is known; the first line is one that no address finds. */
static void
start(struct timing *t)
{
	t->lines_used = 1;
	t->current = block_at(t, 0);
	*t->current = (struct slot){ .pc = 1 };
}

bool
blocks_open(struct timing *t)
{
	t->lines = sparse((size_t)BLOCK_LINES * BLOCK_LINE);
	t->place = sparse(PLACES * sizeof(*t->place));
	if (t->lines == NULL || t->place == NULL)
		return false;
	start(t);
	return true;
}

void
blocks_close(struct timing *t)
{
	discard(t->lines, (size_t)BLOCK_LINES * BLOCK_LINE);
	discard(t->place, PLACES * sizeof(*t->place));
}

static uint32_t *
place_of(struct timing *t, uint32_t pc)
{
	return &t->place[(pc >> 2 ^ pc >> 16) & (PLACES - 1)];
}

/* The block of that address and length, NULL if it has not been met. */
struct slot *
block_find(struct timing *t, uint32_t pc, uint32_t bytes)
{
	for (uint32_t line = *place_of(t, pc); line; line = block_at(t, line)->chain)
		if (block_at(t, line)->pc == pc && block_at(t, line)->bytes == bytes)
			return block_at(t, line);
	return NULL;
}

/* Room for a block of so many steps, with a place in the hash. */
static struct slot *
block_new(struct timing *t, uint32_t pc, uint32_t bytes, uint32_t steps)
{
	uint32_t lines = (uint32_t)(offsetof(struct slot, step) + steps * sizeof(struct uop) + BLOCK_LINE - 1) / BLOCK_LINE, *place;
	struct slot *slot;

	if (t->lines_used + lines > BLOCK_LINES) {
		memset(t->place, 0, PLACES * sizeof(*t->place));
		start(t);
	}
	place = place_of(t, pc);
	slot = block_at(t, t->lines_used);
	*slot = (struct slot){ .pc = pc, .bytes = (uint16_t)bytes, .chain = *place };
	slot->room = (uint8_t)((lines * BLOCK_LINE - offsetof(struct slot, step)) / sizeof(struct uop));
	*place = t->lines_used;
	t->lines_used += lines;
	return slot;
}

static uint32_t
checksum(const uint32_t *insns, uint32_t count)
{
	uint32_t sum = count;

	for (uint32_t i = 0; i < count; i++)
		sum = (sum << 5 | sum >> 27) + insns[i];
	return sum;
}

/* The registers that steps start from. */
static uint16_t
registers_of(const struct uop *steps, uint32_t count)
{
	uint32_t registers = 0;

	for (uint32_t k = 0; k < count; k++)
		registers |= (steps[k].a < 15 ? 1u << steps[k].a : 0) | (steps[k].b < 15 ? 1u << steps[k].b : 0);
	return (uint16_t)registers;
}

/* Schedule a block; a known one that has changed keeps its room if that is enough. */
static struct slot *
fill(struct core *c, struct slot *slot, uint32_t pc, const uint32_t *insns, uint32_t count)
{
	struct uop steps[UOPS];
	uint32_t hook_from = NO_HOOK, uops = 0;
	struct op last;

	if (!c->p.plain)
		uops = foresee(c, pc, insns, count, steps, &hook_from);
	if (slot && slot->room < uops) {
		slot->bytes = 0;		/* nothing finds it any more */
		slot = NULL;
	}
	if (slot == NULL)
		slot = block_new(&c->t, pc, 4 * count, uops);
	memcpy(slot->step, steps, uops * sizeof(*steps));
	slot->uops = (uint8_t)uops;
	slot->registers = registers_of(steps, uops);
	slot->hook_from = hook_from;
	slot->sum = checksum(insns, count);
	schedule(c, insns, count, &slot->shape);
	decode(c, insns[count - 1], &last);
	slot->end = last.end;
	return slot;
}

/* A block that cannot be read: it will fault. */
static struct slot *
fill_unknown(struct core *c, struct slot *slot, uint32_t pc, uint32_t bytes)
{
	if (slot == NULL)
		slot = block_new(&c->t, pc, bytes, 0);
	slot->shape = (struct shape){ .cycles = 1 };
	slot->end = 0;
	slot->sum = 0;
	slot->uops = 0;
	slot->hook_from = NO_HOOK;
	return slot;
}

/* Make the block at pc right; `slot' is where it was, or NULL.  Returns where it is. */
struct slot *
block_fill(struct core *c, struct slot *slot, uint32_t pc, uint32_t bytes)
{
	uint32_t pa = pc, perms, fsr, count = bytes / 4;
	const uint32_t *insns = NULL;
	bool section = true;

	if (mmu_translate(c, pc, ACCESS_FETCH, false, &pa, &perms, &fsr, &section))
		insns = (const uint32_t *)ram_pointer(c, pa, bytes);
	if (insns == NULL || count == 0)
		slot = fill_unknown(c, slot, pc, bytes);
	else if (slot == NULL || slot->pa != pa || slot->sum != checksum(insns, count))
		slot = fill(c, slot, pc, insns, count);
	slot->pa = pa;
	slot->generation = c->t.generation[pc >> 30 == 3];
	slot->page = section ? SECTION_FLAG | pc >> 20 : (pc >> PAGE_SHIFT) + 1;
	if (insns)
		c->t.text[(pa - c->ram_base) >> PAGE_SHIFT] = 1;
	return slot;
}
