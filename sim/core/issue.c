/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The static schedule of a block: in order, two instructions a cycle where the pairing rules allow it
 * (TRM 16.1: one load/store, one multiply and that in pipe 0, one branch, no dependency within the pair,
 * a multi-cycle instruction starts in pipe 0 and pairs in its last cycle).
 *
 * Every register starts ready.  What the block before leaves unfinished is seen to when the block is entered:
 * the schedule also tells which registers it needs at once and which it leaves late (struct shape).
 */
#include "core.h"

struct pipes {
	uint32_t	cycle;		/* of the instruction issued last */
	uint32_t	used;		/* pipes taken in it */
	bool		memory, branch;
	uint32_t	ready[16];	/* cycle + stage at which a register can be used: see earliest() */
	uint32_t	flags;		/* likewise */
	uint16_t	written;	/* registers written in `cycle' */
	uint16_t	produced;	/* registers written in the block */
};

static uint32_t
latest(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* The cycle from which on all operands are there in time for the stages that need them. */
static uint32_t
earliest(const struct pipes *p, const struct op *op)
{
	uint32_t cycle = 0;

	for (uint32_t stage = 1; stage <= 3; stage++) {
		uint32_t need = op->need[stage];

		for (; need; need &= need - 1) {
			uint32_t ready = p->ready[__builtin_ctz(need)];

			cycle = latest(cycle, ready > stage ? ready - stage : 0);
		}
	}
	if (op->needs_flags && !(op->end & END_BRANCH))
		cycle = latest(cycle, p->flags > 2 ? p->flags - 2 : 0);
	return cycle;
}

/* May op share the current cycle with what is in pipe 0? */
static bool
pairs(const struct pipes *p, const struct op *op)
{
	return p->used == 1 && !op->serial && !op->multiply && op->cycles == 1 && !(op->memory && p->memory) &&
	    !(op->end && p->branch) && !(op->result & p->written);
}

static void
record(struct pipes *p, const struct op *op)
{
	for (uint32_t result = op->result; result; result &= result - 1)
		p->ready[__builtin_ctz(result)] = p->cycle + op->stage + 1;
	if (op->base && !(op->base & op->result))
		p->ready[__builtin_ctz(op->base)] = p->cycle + 3;	/* the address unit's result comes in E2 */
	if (op->sets_flags)
		p->flags = p->cycle + 3;				/* flags come in E2 */
	p->written |= op->result;
}

static void
issue(struct pipes *p, const struct op *op)
{
	uint32_t first = earliest(p, op);

	if (first > p->cycle || !pairs(p, op)) {
		p->cycle = p->used ? latest(first, p->cycle + 1) : latest(first, p->cycle);
		p->used = 0;
		p->memory = p->branch = false;
		p->written = 0;
	}
	p->cycle += op->cycles - 1u;
	p->used += op->serial ? 2 : 1;
	p->memory |= op->memory;
	p->branch |= op->end != 0;
	record(p, op);
}

/* Note what op, just issued, needs from the block before, by how early it needs it. */
static void
note_needs(const struct pipes *p, const struct op *op, struct shape *shape)
{
	uint32_t first = p->cycle - (op->cycles - 1u);
	uint16_t inherited;

	for (uint32_t stage = 1; stage <= 2 && first + stage <= 2; stage++) {
		inherited = op->need[stage] & (uint16_t)~p->produced;
		if (first + stage == 1)
			shape->first |= inherited;
		else
			shape->second |= inherited;
	}
}

static void
note_late(const struct pipes *p, struct shape *shape)
{
	for (uint32_t reg = 0; reg < 15; reg++) {
		if (p->ready[reg] >= p->cycle + 3)
			shape->late |= (uint16_t)(1u << reg);
		if (p->ready[reg] >= p->cycle + 4)
			shape->later |= (uint16_t)(1u << reg);
	}
}

/* Schedule a block; shape->cycles counts from the first instruction's issue to the cycle after the last one's. */
void
schedule(struct core *c, const uint32_t *insns, uint32_t count, struct shape *shape)
{
	struct pipes p = { .cycle = 0 };
	struct op op;

	*shape = (struct shape){ .cycles = 0 };
	for (uint32_t i = 0; i < count; i++) {
		decode(c, insns[i], &op);
		issue(&p, &op);
		note_needs(&p, &op, shape);
		p.produced |= op.result | op.base;
	}
	note_late(&p, shape);
	shape->cycles = count ? p.cycle + 1 : 0;
}

/* Cycles a block waits for what the one before left unfinished. */
uint32_t
handover(const struct shape *before, const struct shape *block)
{
	if (before->later & block->first)
		return 2;
	return ((before->late & block->first) | (before->later & block->second)) != 0;
}
