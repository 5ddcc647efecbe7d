/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Accesses that could not be foreseen, charged as they come: a hook before each instruction of the stretch they lie in.
 *
 * A stretch runs from the first such instruction to the end of its block.  Unicorn puts a hook into a block only when
 * it translates it, so when a stretch is met for the first time the machine stops at the block's start (late_known()
 * said no), the hook is added, the translations of that text are thrown away, and the block is entered again
 * (late_install()).  Which stretches are known changes no count.
 *
 * With cpu.plain nothing is foreseen: Unicorn's memory hook tells every word that is read or written.  It is several
 * times slower and shares none of the above, so it is what tests hold the rest against.
 */
#include <stdlib.h>

#include "core.h"

#define	STREX(i)	(((i) & 0x0f900ff0u) == 0x01800f90u)

/* Where a stretch is in the hash, or the empty place for it. */
static struct late *
late_place(struct core *c, const struct late *key)
{
	uint32_t at = (key->va >> 2) * 0x9e3779b1u ^ key->pa ^ key->end << 12;

	for (;; at++) {
		struct late *place = &c->t.late[at & (c->t.late_size - 1)];

		if (place->end == 0 || (place->va == key->va && place->pa == key->pa && place->end == key->end))
			return place;
	}
}

static bool
late_resize(struct core *c, uint32_t size)
{
	struct late *old = c->t.late;
	uint32_t old_size = c->t.late_size;

	c->t.late = calloc(size, sizeof(*old));
	if (c->t.late == NULL)
		return false;
	c->t.late_size = size;
	for (uint32_t i = 0; i < old_size; i++)
		if (old[i].end)
			*late_place(c, &old[i]) = old[i];
	free(old);
	return true;
}

bool
late_open(struct core *c)
{
	c->t.hook_from = NO_HOOK;
	return late_resize(c, 1024);
}

/* Is the block hooked from this address on?  If not, what is wanted is noted for late_install(). */
bool
late_known(struct core *c, uint32_t from, const struct slot *slot)
{
	struct late key = { .va = from, .pa = slot->pa + (from - slot->pc), .end = slot->pc + slot->bytes };

	if (late_place(c, &key)->end)
		return true;
	c->t.wanted = key;
	return false;
}

/* Charge what the instruction at pc, which is next, does to memory. */
static void
charge_insn(struct core *c, uint32_t pc, uint32_t insn)
{
	struct transfer t;
	uint32_t pa;

	if (insn >> 28 < COND_ALWAYS && !holds(insn >> 28, cpu_reg(c, UC_ARM_REG_CPSR)))
		return;
	if (!transfer_of(c, pc, insn, &t))
		return;
	if (t.reads && !charge(c, t.va, t.reads, false, &pa))
		return;
	if (t.writes)
		charge(c, t.va, t.writes, true, &pa);
}

/* The instruction at `address' is next; charge it if the running block's list left off before it. */
static void
hook_late(uc_engine *uc, uint64_t address, uint32_t size, void *user_data)
{
	struct core *c = user_data;
	uint32_t pc = (uint32_t)address;

	if (pc < c->t.hook_from || pc - c->block_pc >= c->block_bytes)
		return;
	c->t.hook_from = pc + 4;		/* stretches may overlap: once is enough */
	charge_insn(c, pc, *(const uint32_t *)ram_pointer(c, c->t.current->pa + (pc - c->block_pc), 4));
}

/* Hook the stretch that is wanted. */
bool
late_install(struct core *c)
{
	struct late key = c->t.wanted;
	uc_hook handle;

	if (c->t.late_count * 2 >= c->t.late_size && !late_resize(c, c->t.late_size * 2))
		return false;
	if (uc_hook_add(c->uc, &handle, UC_HOOK_CODE, (void *)hook_late, c, key.va, key.end - 1) != UC_ERR_OK)
		return false;
	*late_place(c, &key) = key;
	c->t.late_count++;
	return uc_ctl_remove_cache(c->uc, (uint64_t)key.va, (uint64_t)key.end) == UC_ERR_OK;
}

/* With cpu.plain: the instruction at `address' is next. */
static void
hook_plain_insn(uc_engine *uc, uint64_t address, uint32_t size, void *user_data)
{
	struct core *c = user_data;
	struct transfer t;

	c->t.plain_insn = text_word(c, (uint32_t)address);
	if (STREX(c->t.plain_insn))
		charge_insn(c, (uint32_t)address, c->t.plain_insn);
	transfer_of(c, (uint32_t)address, c->t.plain_insn, &t);
	c->t.plain_va = t.va;
}

/* With cpu.plain: a word was read or written, at its physical address. */
static void
hook_plain(uc_engine *uc, uc_mem_type type, uint64_t address, int size, int64_t value, void *user_data)
{
	struct core *c = user_data;
	uint32_t va = (c->t.plain_va & ~0xfffu) | ((uint32_t)address & 0xfff), last;

	if (STREX(c->t.plain_insn))
		return;				/* Unicorn compares and swaps, or neither: a failure looks the line up, too */
	if (va < (c->t.plain_va & ~3u))
		va += 0x1000;
	charge(c, va, size > 4 ? (uint32_t)size / 4 : 1, type == UC_MEM_WRITE, &last);
}

uc_err
plain_install(struct core *c)
{
	uc_hook handle;
	uc_err err = uc_hook_add(c->uc, &handle, UC_HOOK_CODE, (void *)hook_plain_insn, c, 1, 0);

	if (err != UC_ERR_OK)
		return err;
	return uc_hook_add(c->uc, &handle, UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE, (void *)hook_plain, c, 1, 0);
}
