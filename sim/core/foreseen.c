/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Charges a block's memory accesses when it is entered, by running the micro-operations foresee.c made of it.
 *
 * A load whose value an address needs is read from RAM beforehand.  If the block itself writes that word first, or it
 * lies in a device, the list ends at the first access that would need it, and late.c takes over from there.  The first
 * access that will fault ends the list for good, as it ends the block.  Whether a conditional access happens is looked
 * up in the flags after the block, where they are not known before.
 */
#include "core.h"

/* The conditional accesses of the block before: its flags are there now. */
void
charge_pending(struct core *c)
{
	uint32_t cpsr, count = c->t.pending_count, pa;

	if (count == 0)
		return;
	cpsr = cpu_reg(c, UC_ARM_REG_CPSR);
	c->t.pending_count = 0;
	for (uint32_t i = 0; i < count; i++) {
		struct pending *p = &c->t.pending[i];

		if (holds(p->cond, cpsr) && !charge(c, p->va, p->words, p->write, &pa))
			return;
	}
}

static uint32_t
shifted(uint32_t value, uint32_t shift)
{
	uint32_t by = shift >> 2;

	switch (shift & 3) {
	case 0:
		return value << by;
	case 1:
		return value >> by;
	default:
		return (uint32_t)((int32_t)value >> by);
	}
}

static uint32_t
subtraction_flags(uint32_t a, uint32_t b)
{
	uint32_t result = a - b;

	return (result & 0x80000000u) | (uint32_t)(result == 0) << 30 | (uint32_t)(a >= b) << 29 |
	    (((a ^ b) & (a ^ result)) >> 31) << 28;
}

static uint32_t
calculate(const struct uop *uop, uint32_t a, uint32_t b)
{
	switch (uop->kind) {
	case UOP_SUB:
		return a - b;
	case UOP_RSB:
		return b - a;
	case UOP_AND:
		return a & b;
	case UOP_BIC:
		return a & ~b;
	case UOP_ORR:
		return a | b;
	case UOP_EOR:
		return a ^ b;
	case UOP_MUL:
		return a * b;
	case UOP_MULH:
		return (uint32_t)((uint64_t)a * b >> 32);
	case UOP_MOV:
		return b;
	case UOP_CMP:
		return subtraction_flags(a, b);
	case UOP_TST:
		return (a & b & 0x80000000u) | ((a & b) == 0) << 30;
	default:
		return a + b;
	}
}

/* What a load at pa will find. */
static uint32_t
peek(struct core *c, uint32_t pa, uint32_t take)
{
	const uint8_t *at = c->ram + (pa - c->ram_base);

	switch (take) {
	case 1:
		return *at;
	case 2:
		return *(const uint16_t *)at;
	case 1 | TAKE_SIGNED:
		return (uint32_t)*(const int8_t *)at;
	case 2 | TAKE_SIGNED:
		return (uint32_t)*(const int16_t *)at;
	default:
		return *(const uint32_t *)at;
	}
}

static void
postpone(struct core *c, const struct uop *uop, uint32_t va)
{
	c->t.pending[c->t.pending_count++] = (struct pending){ .va = va, .words = uop->words, .cond = uop->cond & 15, .write = uop->kind == UOP_WRITE };
}

/* The block's run of its list. */
struct run {
	uint32_t	value[VALUE_UOP + UOPS];
	uint64_t	bad;		/* values that are not known after all */
	uint32_t	written[2 * UOPS][2];	/* stretches of physical memory */
	uint32_t	writes;
};

static bool
overlaps(const struct run *run, uint32_t pa)
{
	for (uint32_t i = 0; i < run->writes; i++)
		if ((pa & ~3u) >= (run->written[i][0] & ~3u) && (pa & ~3u) < run->written[i][1])
			return true;
	return false;
}

/* Note a write that ends at the line of `last'; its start is on the same page or on another. */
static void
note_written(struct core *c, struct run *run, uint32_t va, uint32_t words, uint32_t last)
{
	uint32_t bytes = 4 * words, end = va + bytes, pa = (last & ~0xfffu) | (va & 0xfff);

	if ((va ^ (end - 1)) & ~0xfffu) {	/* two pages: be cautious, nothing may be read after that */
		run->written[run->writes][0] = 0;
		run->written[run->writes++][1] = UINT32_MAX;
		return;
	}
	run->written[run->writes][0] = pa;
	run->written[run->writes++][1] = pa + bytes;
}

enum outcome { GOES_ON, FAULTS, STAYS_DARK };

static bool
applies(struct core *c, const struct run *run, const struct uop *uop)
{
	if (uop->cond & COND_AT_ENTRY)
		return holds(uop->cond & 15, cpu_reg(c, UC_ARM_REG_CPSR));
	if (uop->cond & COND_COMPUTED)
		return holds(uop->cond & 15, run->value[VALUE_UOP + uop->flags]);
	return true;
}

/* One access. */
static enum outcome
run_access(struct core *c, struct run *run, const struct uop *uop, uint32_t index, uint32_t va)
{
	bool write = uop->kind == UOP_WRITE;
	uint32_t pa;

	if (uop->cond & COND_AT_END) {
		postpone(c, uop, va);
		return GOES_ON;
	}
	if (uop->cond != COND_ALWAYS && !applies(c, run, uop))
		return GOES_ON;
	if (!charge(c, va, uop->words, write, &pa))
		return FAULTS;
	if (pa - c->ram_base >= c->ram_bytes)
		return STAYS_DARK;		/* a device may look at the clock */
	if (write)
		note_written(c, run, va, uop->words, pa);
	else if (uop->take && overlaps(run, pa))
		run->bad |= 1ull << index;
	else if (uop->take)
		run->value[index] = peek(c, pa, uop->take);
	return GOES_ON;
}

static void
load_registers(struct core *c, struct run *run, uint32_t registers)
{
	for (; registers; registers &= registers - 1) {
		uint32_t reg = (uint32_t)__builtin_ctz(registers);

		run->value[reg] = cpu_reg(c, reg < 13 ? UC_ARM_REG_R0 + (int)reg : reg == 13 ? UC_ARM_REG_SP : UC_ARM_REG_LR);
	}
}

static uint64_t
operands(const struct uop *uop)
{
	uint64_t flags = (uop->cond & COND_COMPUTED) ? 1ull << (VALUE_UOP + uop->flags) : 0;

	return 1ull << uop->a | 1ull << uop->b | flags;
}

/* The block is entered: charge its accesses.  Returns the address from which late.c is to go on, or NO_HOOK. */
uint32_t
charge_foreseen(struct core *c, const struct slot *slot)
{
	enum outcome outcome;
	uint32_t waiting = NO_HOOK;	/* address of the first access that waits for the block's end */
	struct run run;

	run.bad = 0;
	run.writes = 0;
	run.value[VALUE_NONE] = 0;
	load_registers(c, &run, slot->registers);
	for (uint32_t k = 0; k < slot->uops; k++) {
		const struct uop *uop = &slot->step[k];
		uint32_t a, b, index = VALUE_UOP + k, at = slot->pc + 4u * uop->insn;

		if (run.bad && (run.bad & operands(uop))) {
			run.bad |= 1ull << index;
			if (uop->words == 0)
				continue;
			c->t.pending_count = 0;
			return waiting < at ? waiting : at;
		}
		a = run.value[uop->a] + uop->ca;
		b = shifted(run.value[uop->b] + uop->cb, uop->shift);
		if (uop->words == 0) {
			run.value[index] = calculate(uop, a, b);
			continue;
		}
		if (uop->kind == UOP_MAINTAIN) {
			maintain(c, uop->words, uop->take, a);
			continue;
		}
		if ((uop->cond & COND_AT_END) && waiting == NO_HOOK)
			waiting = at;
		outcome = run_access(c, &run, uop, index, a + b);
		if (outcome != GOES_ON)
			return outcome == FAULTS ? NO_HOOK : at;
	}
	return slot->hook_from;
}
