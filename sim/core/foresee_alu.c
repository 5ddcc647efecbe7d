/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything but loads and stores, for foresee.c: moves and additions of constants are followed without any
 * micro-operation; other arithmetic becomes one where it can, and makes its result unknown where it cannot.
 */
#include "foresee.h"

static uint32_t
rotated_immediate(uint32_t i)
{
	uint32_t by = i >> 7 & 30, value = i & 0xff;

	return by ? value >> by | value << (32 - by) : value;
}

/* What a data-processing instruction computes. */
static struct value
arithmetic(struct state *s, uint32_t i)
{
	static const uint8_t kinds[16] = {
		[0] = UOP_AND, [1] = UOP_EOR, [2] = UOP_SUB, [3] = UOP_RSB, [4] = UOP_ADD, [12] = UOP_ORR, [13] = UOP_MOV, [14] = UOP_BIC,
	};
	uint32_t code = i >> 21 & 15, shift = BIT(i, 25) ? 0 : i >> 5 & 0x7f;
	struct value a = s->reg[RN(i)], b = BIT(i, 25) ? constant(rotated_immediate(i)) : s->reg[RM(i)];

	if (kinds[code] == 0 || (!BIT(i, 25) && BIT(i, 4)) || (shift & 3) == 3 || (shift == 1 || shift == 2))
		return not_known();		/* carries in, shifts by register, rotates, shifts by 32 */
	if (shift == 0 && code == 13)
		return b;
	if (shift == 0 && b.base == VALUE_NONE && (code == 4 || code == 2))
		return plus(a, code == 4 ? b.offset : 0u - b.offset);
	return emit(s, kinds[code], code == 13 ? constant(0) : a, b, shift);
}

static struct value
move_half(struct state *s, uint32_t i)
{
	uint32_t immediate = (i >> 4 & 0xf000) | (i & 0xfff);
	struct value old = s->reg[RD(i)];

	if (!BIT(i, 22))
		return constant(immediate);
	return old.base == VALUE_NONE ? constant((old.offset & 0xffff) | immediate << 16) : not_known();
}

/* UXTB, UXTH, UBFX, BFC. */
static struct value
extend(struct state *s, uint32_t i)
{
	struct value from = s->reg[RM(i)];

	if ((i & 0x0fff0ff0u) == 0x06ef0070u)
		return emit(s, UOP_AND, from, constant(0xff), 0);
	if ((i & 0x0fff0ff0u) == 0x06ff0070u)
		return emit(s, UOP_AND, from, constant(0xffff), 0);
	if ((i & 0x0fe00070u) == 0x07e00050u) {
		uint32_t low = i >> 7 & 31, width = (i >> 16 & 31) + 1;
		struct value down = low ? emit(s, UOP_MOV, constant(0), from, low << 2 | 1) : from;

		return width == 32 ? down : emit(s, UOP_AND, down, constant((1u << width) - 1), 0);
	}
	if ((i & 0x0fe0007fu) == 0x07c0001fu) {
		uint32_t low = i >> 7 & 31, high = i >> 16 & 31;

		return high < low ? not_known() : emit(s, UOP_BIC, s->reg[RD(i)], constant((2u << high) - (1u << low)), 0);
	}
	return not_known();
}

/* The flags a data-processing instruction leaves, before it writes its result. */
static struct value
compare(struct state *s, uint32_t i)
{
	uint32_t code = i >> 21 & 15, shift = BIT(i, 25) ? 0 : i >> 5 & 0x7f;
	struct value a = s->reg[RN(i)], b = BIT(i, 25) ? constant(rotated_immediate(i)) : s->reg[RM(i)];

	s->only_nz = code != 10 && code != 2;
	if ((!BIT(i, 25) && BIT(i, 4)) || (shift & 3) == 3 || shift == 1 || shift == 2)
		return not_known();
	if (code == 10 || code == 2)
		return emit(s, UOP_CMP, a, b, shift);
	if (code == 8 || code == 0)
		return emit(s, UOP_TST, a, b, shift);
	return not_known();
}

/* Flags are another from here on; conditions met before that were to be looked up at the end no longer can be. */
static void
change_flags(struct state *s, struct value flags)
{
	for (uint32_t k = 0; k < s->count; k++)
		if (s->uop[k].cond & COND_AT_END)
			s->uop[k].cond = COND_LOST;
	s->when = flags.base == UNKNOWN || s->cond != 14 ? COND_AT_END : COND_COMPUTED;
	s->flags = flags.base == UNKNOWN ? 0 : flags.base - VALUE_UOP;
	if (s->when == COND_AT_END)
		s->only_nz = false;
}

/* An instruction that does not access memory. */
void
foresee_compute(struct core *c, struct state *s, uint32_t i)
{
	uint32_t class = i >> 25 & 7, written;
	struct value value = not_known(), high = not_known(), flags = not_known();
	struct op op;

	decode(c, i, &op);
	if (op.memory)
		give_up(s);
	if ((i & 0x0f000010u) == 0x0e000010u)
		s->fence = s->insn + 1;		/* a coprocessor: maintenance, or a counter that is to be exact */
	if (op.sets_flags && class < 2 && (class == 1 || (i & 0x90) != 0x90))
		flags = compare(s, i);
	if (i >> 28 != 15) {
		if ((i & 0x0fe000f0u) == 0x00000090u)
			value = emit(s, UOP_MUL, s->reg[RM(i)], s->reg[RS(i)], 0);
		else if ((i & 0x0fe000f0u) == 0x00800090u)
			high = emit(s, UOP_MULH, s->reg[RM(i)], s->reg[RS(i)], 0);
		else if (class == 1 && (i & 0x01b00000u) == 0x01000000u)
			value = move_half(s, i);
		else if (class < 2 && (i & 0x01900000u) != 0x01000000u && (class == 1 || (i & 0x90) != 0x90))
			value = arithmetic(s, i);
		else if (class == 3)
			value = extend(s, i);
	}
	for (written = op.result | op.base; written; written &= written - 1)
		set(s, (uint32_t)__builtin_ctz(written), op.result & (op.result - 1) ? not_known() : value);
	if (high.base != UNKNOWN)
		set(s, RN(i), high);		/* UMULL's upper half: scaling a random number */
	if (op.sets_flags)
		change_flags(s, flags);
}
