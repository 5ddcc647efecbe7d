/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Foreseeing what a block does to memory.  Unicorn's memory hook costs the host ten times what an access costs
 * otherwise, so there is none.  Instead the part of a block that computes its addresses is cut out when the
 * block is first met, as a list of micro-operations on the registers at its start; foreseen.c runs the
 * list when the block is entered and charges what it finds.  From the first access on where that is impossible (its address
 * depends on a multiply-accumulate, say) the block's accesses are charged as they come, by late.c: every access is
 * charged, and in the program's order.
 */
#include "foresee.h"

/* Add a micro-operation; its value, or unknown if an operand is. */
struct value
emit(struct state *s, uint32_t kind, struct value a, struct value b, uint32_t shift)
{
	struct uop *uop = &s->uop[s->count];

	if (a.base == UNKNOWN || b.base == UNKNOWN || s->count == DRAFT)
		return not_known();
	*uop = (struct uop){ .kind = (uint8_t)kind, .a = a.base, .b = b.base, .ca = a.offset, .cb = b.offset, .shift = (uint8_t)shift };
	uop->cond = COND_ALWAYS;
	uop->insn = (uint8_t)s->insn;
	return (struct value){ .base = (uint8_t)(VALUE_UOP + s->count++) };
}

static void
step(struct core *c, struct state *s, uint32_t i)
{
	uint32_t class = i >> 25 & 7;

	s->cond = i >> 28 == 15 ? 14 : i >> 28;
	s->reg[15] = constant(s->pc + 8);
	if (i >> 28 == 15) {
		if ((i & 0xfd70f000u) != 0xf550f000u)		/* PLD is a hint, and the model does not take it */
			foresee_compute(c, s, i);
	} else if (class == 2 || (class == 3 && !(i & 0x10))) {
		foresee_transfer(s, i);
	} else if (class == 4) {
		foresee_multiple(s, i);
	} else if (class == 0 && (i & 0x90) == 0x90 && (i & 0x01000060u)) {
		foresee_extra(s, i);
	} else {
		foresee_compute(c, s, i);
	}
	s->pc += 4;
	s->insn++;
}

static bool
is_access(const struct uop *uop)
{
	return uop->kind == UOP_READ || uop->kind == UOP_WRITE || uop->kind == UOP_MAINTAIN;
}

/*
 * Conditional accesses that wait for the flags at the block's end are charged after all others, so only others
 * like them may follow; what cannot keep its place is left to late.c.
 */
static void
keep_order(struct state *s)
{
	uint32_t waiting = INSNS, count = 0;

	for (uint32_t k = 0; k < s->count; k++) {
		struct uop *uop = &s->uop[k];

		if (!is_access(uop) || uop->insn >= s->hook_from)
			continue;
		if (uop->cond == COND_LOST || (waiting < INSNS && !(uop->cond & COND_AT_END))) {
			s->hook_from = waiting < uop->insn ? waiting : uop->insn;
			return;
		}
		if ((uop->cond & COND_AT_END) && count++ == 0)
			waiting = uop->insn;
	}
	if (waiting < INSNS && (s->hook_from < INSNS || count > PENDING || waiting < s->fence))
		s->hook_from = waiting;
}

/* Keep the accesses and what their addresses need; clear the kind of all others. */
static void
drop_needless(struct state *s)
{
	uint64_t needed = 0;

	for (uint32_t k = s->count; k-- > 0;) {
		struct uop *uop = &s->uop[k];
		bool wanted = needed >> k & 1;

		if (!wanted && uop->kind != UOP_MAINTAIN)
			uop->take = 0;
		if (uop->insn >= s->hook_from || (!wanted && !is_access(uop)))
			uop->kind = 0;
		if (uop->kind == 0)
			continue;
		needed |= uop->a >= VALUE_UOP ? 1ull << (uop->a - VALUE_UOP) : 0;
		needed |= uop->b >= VALUE_UOP ? 1ull << (uop->b - VALUE_UOP) : 0;
		needed |= (uop->cond & COND_COMPUTED) ? 1ull << uop->flags : 0;
	}
}

/* Steps that are left; if too many, the block is cut where they run out. */
static bool
fits(struct state *s)
{
	uint32_t left = 0;

	for (uint32_t k = 0; k < s->count; k++) {
		if (s->uop[k].kind == 0 || ++left <= UOPS)
			continue;
		s->hook_from = s->uop[k].insn;
		return false;
	}
	return true;
}

static uint8_t
renumber(const uint8_t *map, uint8_t value)
{
	return value >= VALUE_UOP ? (uint8_t)(VALUE_UOP + map[value - VALUE_UOP]) : value;
}

static uint32_t
store_steps(struct uop *steps, struct state *s)
{
	uint8_t map[DRAFT] = { 0 }, left = 0;

	for (uint32_t k = 0; k < s->count; k++) {
		struct uop *uop = &s->uop[k];

		if (uop->kind == 0)
			continue;
		uop->a = renumber(map, uop->a);
		uop->b = renumber(map, uop->b);
		uop->flags = map[uop->flags];
		map[k] = left;
		steps[left++] = *uop;
	}
	return left;
}

/* Find what the block does to memory; returns the number of steps, and from where it goes on as it comes (or NO_HOOK). */
uint32_t
foresee(struct core *c, uint32_t pc, const uint32_t *insns, uint32_t count, struct uop steps[UOPS], uint32_t *hook_from)
{
	struct state s;

	s.count = s.insn = s.flags = s.fence = 0;
	s.pc = pc;
	s.hook_from = count > INSNS ? 0 : INSNS;
	s.when = COND_AT_ENTRY;
	s.only_nz = false;
	for (uint32_t reg = 0; reg < 15; reg++)
		s.reg[reg] = (struct value){ .base = (uint8_t)reg };
	for (uint32_t i = 0; i < count && i < INSNS; i++)
		step(c, &s, insns[i]);
	do {
		keep_order(&s);
		drop_needless(&s);
	} while (!fits(&s));
	*hook_from = s.hook_from < count ? pc + 4 * s.hook_from : NO_HOOK;
	return store_steps(steps, &s);
}
