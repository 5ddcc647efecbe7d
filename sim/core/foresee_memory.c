/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loads and stores, for foresee.c: their addresses as micro-operations, and what is known of the registers after.
 */
#include "foresee.h"

/* EQ, NE, MI, PL. */
static bool
on_nz(uint32_t cond)
{
	return cond < 2 || cond == 4 || cond == 5;
}

/* An access; returns the value loaded (take: bytes, TAKE_SIGNED). */
static struct value
note_access(struct state *s, struct value a, struct value b, uint32_t shift, bool write, uint32_t words, uint32_t take)
{
	struct value result = emit(s, write ? UOP_WRITE : UOP_READ, a, b, shift);
	struct uop *uop;

	if (result.base == UNKNOWN || s->fence) {
		give_up(s);
		return not_known();
	}
	uop = &s->uop[s->count - 1];
	uop->words = (uint8_t)words;
	uop->take = (uint8_t)take;
	if (s->cond == 14)
		return result;
	uop->cond = (uint8_t)(s->cond | (s->only_nz && !on_nz(s->cond) ? COND_AT_END : s->when));
	uop->flags = (uint8_t)s->flags;
	return not_known();
}

/* LDR, STR and their byte forms. */
void
foresee_transfer(struct state *s, uint32_t i)
{
	struct value base = s->reg[RN(i)], index = constant(0), value;
	bool before = BIT(i, 24), writeback = !before || BIT(i, 21), load = BIT(i, 20);
	uint32_t offset = BIT(i, 23) ? i & 0xfff : 0u - (i & 0xfff), shift = 0;

	if (BIT(i, 25)) {
		offset = 0;
		index = BIT(i, 23) && (i & 0x60) != 0x60 ? s->reg[RM(i)] : not_known();
		shift = i >> 5 & 0x7f;
		if (!before) {
			value = note_access(s, base, constant(0), 0, !load, 1, BIT(i, 22) ? 1 : 4);
			set(s, RN(i), emit(s, UOP_ADD, base, index, shift));
			if (load)
				set(s, RD(i), value);
			return;
		}
	}
	value = note_access(s, before ? plus(base, offset) : base, index, shift, !load, 1, BIT(i, 22) ? 1 : 4);
	if (writeback)
		set(s, RN(i), BIT(i, 25) ? emit(s, UOP_ADD, base, index, shift) : plus(base, offset));
	if (load)
		set(s, RD(i), value);
}

/* LDRH, LDRD and relatives, and the exclusives. */
void
foresee_extra(struct state *s, uint32_t i)
{
	struct value base = s->reg[RN(i)], index = constant(0), value, second;
	bool before = BIT(i, 24), writeback = !before || BIT(i, 21), load = BIT(i, 20), two = !load && BIT(i, 6);
	uint32_t immediate = (i >> 4 & 0xf0) | (i & 15), offset = 0;

	if ((i & 0x60) == 0) {				/* SWP, LDREX, STREX */
		if (!BIT(i, 23) || (i >> 21 & 3) == 1)
			give_up(s);			/* SWP and the double words */
		value = note_access(s, base, constant(0), 0, !load, 1, 4);
		set(s, RD(i), load ? value : not_known());
		return;
	}
	if (BIT(i, 22))
		offset = BIT(i, 23) ? immediate : 0u - immediate;
	else
		index = BIT(i, 23) && before ? s->reg[RM(i)] : not_known();
	load |= two && !BIT(i, 5);
	if (before)
		base = plus(base, offset);
	value = note_access(s, base, index, 0, !load, 1, two ? 4 : (BIT(i, 5) ? 2 : 1) | (BIT(i, 6) ? TAKE_SIGNED : 0));
	second = two ? note_access(s, plus(base, 4), index, 0, !load, 1, 4) : not_known();
	if (writeback)
		set(s, RN(i), BIT(i, 22) ? plus(base, before ? 0 : offset) : not_known());
	if (load)
		set(s, RD(i), value);
	if (load && two)
		set(s, (RD(i) + 1) & 15, second);
}

/*
 * LDM and STM; a few registers are loaded one by one, as they may be pointers.  With ^ and without the PC
 * the registers are user mode's, so ours of that name stay.
 */
void
foresee_multiple(struct state *s, uint32_t i)
{
	uint32_t list = i & 0xffff, words = (uint32_t)__builtin_popcount(list), bytes = 4 * words, reg;
	uint32_t first = BIT(i, 23) ? (BIT(i, 24) ? 4 : 0) : (BIT(i, 24) ? 0u - bytes : 4 - bytes);
	struct value base = plus(s->reg[RN(i)], first);
	bool load = BIT(i, 20), apart = load && words <= 4 && !BIT(i, 22), users = BIT(i, 22) && !BIT(i, 15);

	if (BIT(i, 21))
		set(s, RN(i), plus(s->reg[RN(i)], BIT(i, 23) ? bytes : 0u - bytes));
	if (!apart)
		note_access(s, base, constant(0), 0, !load, words, 0);
	for (; load && list; list &= list - 1) {
		reg = (uint32_t)__builtin_ctz(list);
		if (!users || reg < 13)
			set(s, reg, apart ? note_access(s, base, constant(0), 0, false, 1, 4) : not_known());
		base = plus(base, 4);
	}
}
