/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Foreseen accesses.  Unicorn's memory hook costs the host far more than the access itself, so what a block does
 * to memory is worked out beforehand where that can be done: when every address follows from the registers at
 * the block's start (a push, a structure's field, a step of memset).  Such a block is charged when it is entered;
 * one that follows a pointer it has just loaded keeps the memory hook.  Both find the same lines in the same order.
 */
#include <string.h>

#include "core.h"

#define	RD(i)	((i) >> 12 & 15)
#define	RN(i)	((i) >> 16 & 15)
#define	RM(i)	((i) & 15)
#define	BIT(i, n)	((i) >> (n) & 1)
#define	UNKNOWN	16

/* What is known of a register: `base' at the block's start plus `offset'; base NO_REG for a constant. */
struct value {
	uint8_t		base;
	int32_t		offset;
};

struct state {
	struct value	reg[16];
	struct slot	*slot;
	uint32_t	pc;
	bool		lost;		/* an access was not foreseeable */
};

static void
forget(struct state *s, uint32_t reg)
{
	s->reg[reg].base = UNKNOWN;
}

static void
add_access(struct state *s, struct value base, struct value index, uint32_t shift, int32_t offset, uint32_t words, bool write)
{
	struct slot *slot = s->slot;
	struct foreseen *access;

	if (base.base == UNKNOWN || index.base == UNKNOWN || slot->naccess == ACCESSES) {
		s->lost = true;
		return;
	}
	access = &slot->accesses[slot->naccess++];
	access->base = base.base;
	access->index = index.base;
	access->shift = (uint8_t)shift;
	access->offset = (int32_t)((uint32_t)base.offset + ((uint32_t)index.offset << shift) + (uint32_t)offset);
	access->words = words & 0x7f;
	access->write = write;
	slot->registers |= (uint16_t)(1u << base.base | 1u << index.base);
}

/* LDR, STR and their byte forms. */
static void
transfer(struct state *s, uint32_t i)
{
	static const struct value none = { .base = NO_REG };
	struct value base = s->reg[RN(i)], index = none;
	int32_t offset = 0;
	bool before = BIT(i, 24), writeback = !before || BIT(i, 21);

	if (!BIT(i, 25)) {
		offset = (int32_t)(BIT(i, 23) ? i & 0xfff : 0u - (i & 0xfff));
	} else if (!BIT(i, 23) || (i & 0x60) || writeback) {
		s->lost = true;			/* rare: subtracted or rotated index */
		return;
	} else {
		index = s->reg[RM(i)];
	}
	add_access(s, base, index, i >> 7 & 31, before ? offset : 0, 1, !BIT(i, 20));
	if (writeback)
		s->reg[RN(i)].offset += offset;
	if (BIT(i, 20))
		forget(s, RD(i));
}

/* LDRH, LDRD and relatives; exclusives and SWP are left to the hook. */
static void
extra(struct state *s, uint32_t i)
{
	static const struct value none = { .base = NO_REG };
	struct value index = none;
	bool before = BIT(i, 24), writeback = !before || BIT(i, 21), load = BIT(i, 20), two = !load && BIT(i, 6);
	uint32_t immediate = (i >> 4 & 0xf0) | (i & 15);
	int32_t offset = 0;

	if ((i & 0x60) == 0 || (!BIT(i, 22) && (!BIT(i, 23) || writeback))) {
		s->lost = true;
		return;
	}
	if (BIT(i, 22))
		offset = (int32_t)(BIT(i, 23) ? immediate : 0u - immediate);
	else
		index = s->reg[RM(i)];
	load |= two && !BIT(i, 5);
	add_access(s, s->reg[RN(i)], index, 0, before ? offset : 0, two ? 2 : 1, !load);
	if (writeback)
		s->reg[RN(i)].offset += offset;
	if (load)
		forget(s, RD(i));
	if (load && two)
		forget(s, (RD(i) + 1) & 15);
}

static void
multiple(struct state *s, uint32_t i)
{
	uint32_t words = (uint32_t)__builtin_popcount(i & 0xffff), list;
	int32_t bytes = (int32_t)(4 * words), first;

	first = BIT(i, 23) ? (BIT(i, 24) ? 4 : 0) : (BIT(i, 24) ? -bytes : 4 - bytes);
	add_access(s, s->reg[RN(i)], (struct value){ .base = NO_REG }, 0, first, words, !BIT(i, 20));
	if (BIT(i, 21))
		s->reg[RN(i)].offset += BIT(i, 23) ? bytes : -bytes;
	if (BIT(i, 20))
		for (list = i & 0xffff; list; list &= list - 1)
			forget(s, (uint32_t)__builtin_ctz(list));
}

static uint32_t
immediate_of(uint32_t i)
{
	uint32_t by = i >> 7 & 30, value = i & 0xff;

	return by ? value >> by | value << (32 - by) : value;
}

/* Track moves, and additions of constants; anything else makes what it writes unknown. */
static void
compute(struct core *c, struct state *s, uint32_t i)
{
	uint32_t code = i >> 21 & 15, class = i >> 25 & 7, written;
	bool always = i >> 28 == 14;
	struct op op;

	if (always && class == 1 && (code == 4 || code == 2) && RD(i) != 15 && s->reg[RN(i)].base != UNKNOWN) {
		s->reg[RD(i)].base = s->reg[RN(i)].base;
		s->reg[RD(i)].offset = (int32_t)((uint32_t)s->reg[RN(i)].offset + (code == 4 ? immediate_of(i) : 0u - immediate_of(i)));
		return;
	}
	if (always && class == 1 && code == 13 && RD(i) != 15) {
		s->reg[RD(i)] = (struct value){ .base = NO_REG, .offset = (int32_t)immediate_of(i) };
		return;
	}
	if (always && class == 0 && code == 13 && (i & 0xff0) == 0 && RD(i) != 15) {
		s->reg[RD(i)] = s->reg[RM(i)];
		return;
	}
	decode(c, i, &op);
	if (op.memory)
		s->lost = true;
	for (written = op.result | op.base; written; written &= written - 1)
		forget(s, (uint32_t)__builtin_ctz(written));
}

static void
step(struct core *c, struct state *s, uint32_t i)
{
	uint32_t class = i >> 25 & 7;
	bool always = i >> 28 == 14;

	s->reg[15] = (struct value){ .base = NO_REG, .offset = (int32_t)(s->pc + 8) };
	if (always && (class == 2 || (class == 3 && !(i & 0x10))))
		transfer(s, i);
	else if (always && class == 4)
		multiple(s, i);
	else if (always && class == 0 && (i & 0x90) == 0x90 && (i & 0x01000060u))
		extra(s, i);
	else if ((i & 0xfd70f000u) == 0xf550f000u)
		;				/* PLD is a hint, and the model does not take it */
	else
		compute(c, s, i);
	s->pc += 4;
}

/* Find the block's accesses; slot->foreseen tells whether these are all. */
void
foresee(struct core *c, struct slot *slot, const uint32_t *insns, uint32_t count)
{
	struct state s = { .slot = slot, .pc = slot->pc };

	slot->naccess = 0;
	slot->registers = 0;
	for (uint32_t reg = 0; reg < 15; reg++)
		s.reg[reg] = (struct value){ .base = (uint8_t)reg };
	for (uint32_t i = 0; i < count && !s.lost; i++)
		step(c, &s, insns[i]);
	slot->foreseen = !s.lost;
	slot->registers &= 0x7fff;
	if (s.lost)
		slot->naccess = 0;
}

/* Physical address of va for an access of this kind, 0 if it will fault. */
static uint32_t
locate(struct core *c, uint32_t va, bool write)
{
	struct recent *recent = &c->t.recent[c->t.user][va >> PAGE_SHIFT & (RECENT - 1)];
	uint32_t need = write ? UC_PROT_WRITE : UC_PROT_READ, pa, perms, fsr;
	bool section;

	if (recent->page == va >> PAGE_SHIFT && recent->generation == c->t.space && (recent->perms & need))
		return recent->pa | (va & 0xfff);
	if (!mmu_translate(c, va, write ? ACCESS_WRITE : ACCESS_READ, c->t.user, &pa, &perms, &fsr, &section))
		return 0;
	timing_filled(c, va, pa, section);
	recent->page = va >> PAGE_SHIFT;
	recent->generation = c->t.space;
	recent->pa = pa & ~0xfffu;
	recent->perms = perms;
	return pa;
}

/* Words within one line. */
static inline void
touch(struct core *c, uint32_t pa, uint32_t words, bool write)
{
	struct timing *t = &c->t;
	uint32_t page = pa >> PAGE_SHIFT, line = pa >> LINE_SHIFT, mru = t->l1d.mru[line & t->l1d.set_mask];

	if (pa - c->ram_base >= c->ram_bytes)
		return;			/* a device */
	c->n.l1d_access += words;
	if (t->dtlb.filter[page % TLB_FILTER] != page)
		tlb_data(c, page);
	if (!write) {
		if (mru >> 1 != line)
			memory_read(c, line);
	} else if (mru != (line << 1 | 1)) {
		memory_write(c, pa, words);
	}
}

/* The block is entered: charge its accesses, up to one that will fault. */
void
charge_foreseen(struct core *c, const struct slot *slot)
{
	uint32_t value[16] = { 0 };

	for (uint32_t left = slot->registers; left; left &= left - 1) {
		uint32_t reg = (uint32_t)__builtin_ctz(left);

		value[reg] = cpu_reg(c, reg < 13 ? UC_ARM_REG_R0 + (int)reg : reg == 13 ? UC_ARM_REG_SP : UC_ARM_REG_LR);
	}
	for (const struct foreseen *access = slot->accesses; access < slot->accesses + slot->naccess; access++) {
		uint32_t va = value[access->base] + (value[access->index] << access->shift) + (uint32_t)access->offset;

		for (uint32_t words = access->words; words > 0;) {
			uint32_t room = 16 - (va >> 2 & 15), now = words < room ? words : room;
			uint32_t pa = locate(c, va, access->write);

			if (pa == 0)
				return;
			touch(c, pa, now, access->write);
			words -= now;
			va += 4 * now;
		}
	}
}
