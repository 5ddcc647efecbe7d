/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The exact address of a data fault.  Unicorn tells its TLB hook only the page, so the faulting
 * instruction is read again and its address computed from the registers (transfer.c).
 */
#include "core.h"

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
	uint32_t insn = text_word(c, pc);
	struct transfer t;

	if ((page & 0x3ff) || insn == 0 || !transfer_of(c, pc, insn, &t))
		return page;
	if ((t.va & ~0x3ffu) == page)
		return t.va;
	return page - t.va < 4 * (t.reads + t.writes) + 4 ? page : t.va;
}
