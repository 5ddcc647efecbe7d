/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The exact address of a data fault.  Unicorn tells its TLB hook only the page, so the faulting
 * instruction is read again and its address computed from the registers (ARM ARM A5.3, A5.5).
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

/* First byte the load or store `insn' at pc touches, and how many it may touch. */
static uint32_t
first_byte(struct core *c, uint32_t pc, uint32_t insn, uint32_t *bytes)
{
	uint32_t offset;

	*bytes = 8;
	if ((insn & 0x0e000000u) == 0x08000000u) {
		*bytes = 64;
		return multiple(c, pc, insn);
	}
	if ((insn & 0x0c000000u) == 0x04000000u) {
		offset = (insn >> 25 & 1) ? shifted(c, pc, insn) : insn & 0xfff;
		return indexed(c, pc, insn, offset);
	}
	if ((insn & 0x0f000090u) == 0x01000090u && (insn & 0x60u) == 0)
		return reg(c, pc, insn >> 16 & 15);	/* swp, ldrex, strex */
	offset = (insn >> 22 & 1) ? (insn >> 4 & 0xf0) | (insn & 15) : reg(c, pc, insn & 15);
	return indexed(c, pc, insn, offset);
}

/* The instruction at pc, 0 if it cannot be read. */
uint32_t
text_word(struct core *c, uint32_t pc)
{
	uint32_t pa, perms, fsr;
	uint32_t *word;
	bool section;

	if (!mmu_translate(c, pc, ACCESS_READ, false, &pa, &perms, &fsr, &section))
		return 0;
	word = (uint32_t *)ram_pointer(c, pa, 4);
	return word ? *word : 0;
}

/* The lowest byte in `page' (1 KiB, as Unicorn has them) that the instruction at pc accesses. */
uint32_t
fault_address(struct core *c, uint32_t pc, uint32_t page)
{
	uint32_t insn = text_word(c, pc), first, bytes;

	if ((page & 0x3ff) || insn == 0)
		return page;
	first = first_byte(c, pc, insn, &bytes);
	if ((first & ~0x3ffu) == page)
		return first;
	return page - first < bytes ? page : first;
}
