/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a load or store is about to do to memory, worked out from the instruction and the registers as they are
 * before it (ARM ARM A5.3, A5.5): for late.c and for the exact address of a fault (fault.c).
 */
#include "core.h"

static uint32_t
reg(struct core *c, uint32_t pc, uint32_t n)
{
	if (n == 15)
		return pc + 8;
	if (n == 14)
		return cpu_reg(c, UC_ARM_REG_LR);
	if (n == 13)
		return cpu_reg(c, UC_ARM_REG_SP);
	return cpu_reg(c, UC_ARM_REG_R0 + (int)n);
}

static uint32_t
shifted(struct core *c, uint32_t pc, uint32_t insn)
{
	uint32_t value = reg(c, pc, insn & 15), by = insn >> 7 & 31;

	switch (insn >> 5 & 3) {
	case 0:
		return value << by;
	case 1:
		return by ? value >> by : 0;
	case 2:
		return (uint32_t)((int32_t)value >> (by ? by : 31));
	default:
		if (by)
			return value >> by | value << (32 - by);
		return (cpu_reg(c, UC_ARM_REG_CPSR) << 2 & 0x80000000u) | value >> 1;
	}
}

static uint32_t
indexed(struct core *c, uint32_t pc, uint32_t insn, uint32_t offset)
{
	uint32_t base = reg(c, pc, insn >> 16 & 15);

	if (!(insn >> 24 & 1))
		return base;
	return (insn >> 23 & 1) ? base + offset : base - offset;
}

static uint32_t
multiple(struct core *c, uint32_t pc, uint32_t insn)
{
	uint32_t base = reg(c, pc, insn >> 16 & 15);
	uint32_t bytes = 4 * (uint32_t)__builtin_popcount(insn & 0xffff);

	switch (insn >> 23 & 3) {
	case 0:
		return base - bytes + 4;
	case 1:
		return base;
	case 2:
		return base - bytes;
	default:
		return base + 4;
	}
}

/* RFE and SRS: two words; SRS stores on the stack of the mode it names, which is taken to be the present one's. */
static bool
unconditional(struct core *c, uint32_t pc, uint32_t insn, struct transfer *t)
{
	bool load = insn >> 20 & 1;

	if ((insn & 0xfe500000u) != 0xf8100000u && (insn & 0xfe500000u) != 0xf8400000u)
		return false;
	t->va = multiple(c, pc, (insn & 0xffff0000u) | (load ? 0 : 13 << 16) | 3);
	*(load ? &t->reads : &t->writes) = 2;
	return true;
}

/* LDRH, LDRD and relatives, SWP, the exclusives. */
static bool
extra(struct core *c, uint32_t pc, uint32_t insn, struct transfer *t)
{
	bool load = insn >> 20 & 1, two = !load && (insn & 0x40);

	if ((insn & 0x60u) == 0) {
		if (!(insn >> 24 & 1))
			return false;			/* a multiply */
		t->va = reg(c, pc, insn >> 16 & 15);
		if (!(insn >> 23 & 1))
			t->reads = t->writes = 1;
		else
			*(load ? &t->reads : &t->writes) = (insn >> 21 & 3) == 1 ? 2 : 1;
		return true;
	}
	load |= two && !(insn & 0x20);
	t->va = indexed(c, pc, insn, (insn >> 22 & 1) ? (insn >> 4 & 0xf0) | (insn & 15) : reg(c, pc, insn & 15));
	*(load ? &t->reads : &t->writes) = two ? 2 : 1;
	return true;
}

/* True with *t filled if the instruction, its condition holding, accesses memory. */
bool
transfer_of(struct core *c, uint32_t pc, uint32_t insn, struct transfer *t)
{
	bool load = insn >> 20 & 1;

	*t = (struct transfer){ .va = 0 };
	if (insn >> 28 == 15)
		return unconditional(c, pc, insn, t);
	if ((insn & 0x0e000000u) == 0x08000000u) {
		t->va = multiple(c, pc, insn);
		*(load ? &t->reads : &t->writes) = (uint32_t)__builtin_popcount(insn & 0xffff);
		return true;
	}
	if ((insn & 0x0c000000u) == 0x04000000u && (insn & 0x02000010u) != 0x02000010u) {
		t->va = indexed(c, pc, insn, (insn >> 25 & 1) ? shifted(c, pc, insn) : insn & 0xfff);
		*(load ? &t->reads : &t->writes) = 1;
		return true;
	}
	if ((insn & 0x0e000090u) == 0x00000090u)
		return extra(c, pc, insn, t);
	return false;
}
