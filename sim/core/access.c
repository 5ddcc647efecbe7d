/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Charges a block's memory accesses when it is entered, by running the micro-operations foresee.c made of it.
 *
 * A load whose value an address needs is read from RAM beforehand; if the block itself writes that word first,
 * what follows from it is unforeseen.  The first access that will fault ends the list, as it ends the block.
 * Whether a conditional access happens is looked up in the flags after the block.
 */
#include "core.h"

/* Physical address of va for an access of this kind; false if it will fault. */
static bool
locate(struct core *c, uint32_t va, bool write, uint32_t *pa)
{
	struct recent *recent = &c->t.recent[c->t.user][va >> PAGE_SHIFT & (RECENT - 1)];
	uint32_t perms, fsr;
	bool section;

	if (recent->page == va >> PAGE_SHIFT && recent->generation == c->t.space &&
	    (recent->perms & (write ? UC_PROT_WRITE : UC_PROT_READ))) {
		*pa = recent->pa | (va & 0xfff);
		return true;
	}
	if (!mmu_translate(c, va, write ? ACCESS_WRITE : ACCESS_READ, c->t.user, pa, &perms, &fsr, &section))
		return false;
	timing_mapped(c, va, *pa, section);
	*recent = (struct recent){ .page = va >> PAGE_SHIFT, .generation = c->t.space, .pa = *pa & ~0xfffu, .perms = perms };
	return true;
}

/* Words within one line of RAM. */
static inline void
touch(struct core *c, uint32_t pa, uint32_t words, bool write)
{
	struct timing *t = &c->t;
	uint32_t page = pa >> PAGE_SHIFT, line = pa >> LINE_SHIFT, mru = t->l1d.mru[line & t->l1d.set_mask];

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

/* Words from va on; false if there is a fault.  *last is the physical address of the last line's part. */
static bool
charge(struct core *c, uint32_t va, uint32_t words, bool write, uint32_t *last)
{
	while (words > 0) {
		uint32_t room = 16 - (va >> 2 & 15), now = words < room ? words : room;

		if (!locate(c, va, write, last))
			return false;
		if (*last - c->ram_base < c->ram_bytes)		/* else a device: device_access() */
			touch(c, *last, now, write);
		words -= now;
		va += 4 * now;
	}
	return true;
}

static bool
holds(uint32_t cond, uint32_t cpsr)
{
	bool n = cpsr >> 31, z = cpsr >> 30 & 1, carry = cpsr >> 29 & 1, v = cpsr >> 28 & 1, result;

	switch (cond >> 1) {
	case 0:
		result = z;
		break;
	case 1:
		result = carry;
		break;
	case 2:
		result = n;
		break;
	case 3:
		result = v;
		break;
	case 4:
		result = carry && !z;
		break;
	case 5:
		result = n == v;
		break;
	case 6:
		result = !z && n == v;
		break;
	default:
		return true;
	}
	return result != (cond & 1);
}

/* The conditional accesses of the block before: its flags are there now. */
void
charge_pending(struct core *c)
{
	uint32_t cpsr = cpu_reg(c, UC_ARM_REG_CPSR), count = c->t.pending_count, pa;

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
	if (c->t.pending_count == PENDING) {
		c->n.unforeseen += uop->words;
		return;
	}
	c->t.pending[c->t.pending_count++] = (struct pending){ .va = va, .words = uop->words, .cond = uop->cond & 15, .write = uop->kind == UOP_WRITE };
}

/* The block's run of its list. */
struct run {
	uint32_t	value[VALUE_UOP + UOPS];
	uint64_t	bad;		/* values that are not known after all */
	uint32_t	written[UOPS][2];	/* stretches of virtual memory */
	uint32_t	writes;
};

static bool
overlaps(const struct run *run, uint32_t va)
{
	for (uint32_t i = 0; i < run->writes; i++)
		if ((va & ~3u) >= (run->written[i][0] & ~3u) && va < run->written[i][1])
			return true;
	return false;
}

/* One access; false if it will fault. */
static bool
run_access(struct core *c, struct run *run, const struct uop *uop, uint32_t index, uint32_t va)
{
	bool write = uop->kind == UOP_WRITE;
	uint32_t pa;

	if (uop->cond & COND_AT_END) {
		postpone(c, uop, va);
		return true;
	}
	if ((uop->cond & COND_AT_ENTRY) && !holds(uop->cond & 15, cpu_reg(c, UC_ARM_REG_CPSR)))
		return true;
	if ((uop->cond & COND_COMPUTED) && !holds(uop->cond & 15, run->value[VALUE_UOP + uop->flags]))
		return true;
	if (!charge(c, va, uop->words, write, &pa))
		return false;
	if (write) {
		run->written[run->writes][0] = va;
		run->written[run->writes++][1] = va + 4u * uop->words;
	} else if (uop->take) {
		if (pa - c->ram_base >= c->ram_bytes || overlaps(run, va))
			run->bad |= 1ull << index;
		else
			run->value[index] = peek(c, pa, uop->take);
	}
	return true;
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

/* The block is entered: charge its accesses. */
void
charge_foreseen(struct core *c, const struct slot *slot)
{
	struct run run;

	run.bad = 0;
	run.writes = 0;
	run.value[VALUE_NONE] = 0;
	load_registers(c, &run, slot->registers);
	c->n.unforeseen += slot->unforeseen;
	for (uint32_t k = 0; k < slot->uops; k++) {
		const struct uop *uop = &slot->uop[k];
		uint32_t a, b, index = VALUE_UOP + k;

		if (run.bad && (run.bad & operands(uop))) {
			run.bad |= 1ull << index;
			c->n.unforeseen += uop->words;
			continue;
		}
		a = run.value[uop->a] + uop->ca;
		b = shifted(run.value[uop->b] + uop->cb, uop->shift);
		if (uop->words == 0)
			run.value[index] = calculate(uop, a, b);
		else if (!run_access(c, &run, uop, index, a + b))
			return;
	}
}
