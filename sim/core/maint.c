/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cache and TLB maintenance (ARM ARM B4.2): each MCR p15 to c1, c2, c3, c7 or c8 in kernel text gets a hook at its
 * own address, so that the model does what the instruction says.  Unicorn itself sees to its own TLB.
 */
#include "core.h"

#define	CRN(i)	((i) >> 16 & 15)
#define	CRM(i)	((i) & 15)
#define	OPC2(i)	((i) >> 5 & 7)
#define	KEY(crn, crm, opc2)	((crn) << 8 | (crm) << 4 | (opc2))

static uint32_t
operand(struct core *c, uint32_t insn)
{
	uint32_t rt = insn >> 12 & 15;

	return cpu_reg(c, rt == 13 ? UC_ARM_REG_SP : rt == 14 ? UC_ARM_REG_LR : UC_ARM_REG_R0 + (int)rt);
}

/* Text may have changed: blocks are compared again before they are believed. */
static void
text_changed(struct core *c)
{
	c->t.generation[0]++;
	c->t.generation[1]++;
	c->t.last_line = NO_LINE;
}

static void
space_changed(struct core *c)
{
	c->t.generation[0]++;
	c->t.space++;
	c->t.last_page = NO_LINE;
}

/* Line of a virtual address under the present tables, NO_LINE if not in RAM. */
static uint32_t
line_of(struct core *c, uint32_t va)
{
	uint32_t pa, perms, fsr;
	bool section;

	if (!mmu_translate(c, va, ACCESS_READ, false, &pa, &perms, &fsr, &section) || ram_pointer(c, pa, 1) == NULL)
		return NO_LINE;
	return pa >> LINE_SHIFT;
}

static void
clean_line(struct core *c, uint32_t va, bool to_memory, bool invalidate)
{
	uint32_t line = line_of(c, va);

	if (line != NO_LINE)
		memory_clean(c, line, to_memory, invalidate);
}

static void
invalidate_text(struct core *c, uint32_t va)
{
	uint32_t line = line_of(c, va);

	if (line != NO_LINE)
		cache_drop(&c->t.l1i, line);
	text_changed(c);
}

static void
tlb_flush_all(struct core *c)
{
	tlb_flush(&c->t.itlb);
	tlb_flush(&c->t.dtlb);
	space_changed(c);
}

/*
 * One page goes.  The kernel needs four of these a page because Unicorn's pages are 1 KiB; a real A8 needs
 * one, so the other three do nothing and are free.
 */
static bool
tlb_flush_page(struct core *c, uint32_t va)
{
	if (va & 0xc00)
		return false;
	tlb_remove(&c->t.itlb, (va >> PAGE_SHIFT) + 1);
	tlb_remove(&c->t.itlb, SECTION_FLAG | va >> 20);
	tlb_remove(&c->t.dtlb, (va >> PAGE_SHIFT) + 1);
	tlb_remove(&c->t.dtlb, SECTION_FLAG | va >> 20);
	space_changed(c);
	return true;
}

/* A control register is about to be written; translation is another from here on. */
static void
set_control(struct core *c, uint32_t insn, uint32_t value)
{
	if (CRM(insn) != 0 || OPC2(insn) != 0)
		return;
	*(CRN(insn) == 1 ? &c->sctlr : CRN(insn) == 2 ? &c->ttbr0 : &c->dacr) = value;
	c->t.ttbr = (c->sctlr & SCTLR_M) ? c->ttbr0 & 0xffffc000u : 0;
	space_changed(c);
}

/* Do what the instruction does; false if it is to cost nothing. */
static bool
maintain(struct core *c, uint32_t insn, uint32_t value)
{
	switch (KEY(CRN(insn), CRM(insn), OPC2(insn))) {
	case KEY(7, 5, 0):			/* ICIALLU */
		for (uint32_t i = 0; i <= c->t.l1i.set_mask; i++)
			for (uint32_t way = 0; way < c->t.l1i.ways; way++)
				c->t.l1i.tag[i * c->t.l1i.ways + way] = c->t.l1i.mru[i] = NO_LINE;
		text_changed(c);
		break;
	case KEY(7, 5, 1):			/* ICIMVAU */
		invalidate_text(c, value);
		break;
	case KEY(7, 6, 1):			/* DCIMVAC */
	case KEY(7, 14, 1):			/* DCCIMVAC */
		clean_line(c, value, true, true);
		break;
	case KEY(7, 10, 1):			/* DCCMVAC */
		clean_line(c, value, true, false);
		break;
	case KEY(7, 11, 1):			/* DCCMVAU */
		clean_line(c, value, false, false);
		break;
	case KEY(8, 5, 0):
	case KEY(8, 6, 0):
	case KEY(8, 7, 0):			/* TLBIALL */
		tlb_flush_all(c);
		break;
	case KEY(8, 5, 1):
	case KEY(8, 6, 1):
	case KEY(8, 7, 1):			/* TLBIMVA */
	case KEY(8, 7, 3):			/* TLBIMVAA */
		return tlb_flush_page(c, value);
	}
	return true;
}

static bool
is_maintenance(uint32_t insn)
{
	uint32_t crn = CRN(insn);

	return (insn & 0x0ff00f10u) == 0x0e000f10u && insn >> 28 == 14 && ((crn >= 1 && crn <= 3) || crn == 7 || crn == 8);
}

static void
hook_maintenance(uc_engine *uc, uint64_t address, uint32_t size, void *user_data)
{
	struct core *c = user_data;
	uint32_t insn = text_word(c, (uint32_t)address);

	if (!is_maintenance(insn))
		return;
	if (CRN(insn) < 4)
		set_control(c, insn, operand(c, insn));
	if (!c->timed)
		return;
	/* A cycle of issue is in the block's schedule already. */
	if (maintain(c, insn, operand(c, insn)))
		c->n.cycles += (uint64_t)c->p.cp15_cycles - 1;
}

/* Fewer hooks are better: Unicorn asks each of them whenever any of them is to be called. */
static void
watch(struct core *c, uint32_t first, uint32_t last)
{
	uc_hook handle;

	uc_hook_add(c->uc, &handle, UC_HOOK_CODE, (void *)hook_maintenance, c, first, last);
}

/* Hook every maintenance instruction in a stretch of kernel text, which before the MMU is on runs at pa. */
void
maint_watch(struct core *c, uint32_t va, uint32_t pa, uint32_t bytes)
{
	const uint32_t *word = (const uint32_t *)ram_pointer(c, pa, bytes);

	if (word == NULL)
		return;
	c->sctlr = cp15_read(c, 1, 0, 0, 0);
	c->ttbr0 = cp15_read(c, 2, 0, 0, 0);
	c->dacr = cp15_read(c, 3, 0, 0, 0);
	c->watched = true;
	for (uint32_t i = 0; i < bytes / 4; i++)
		if (is_maintenance(word[i]))
			watch(c, va + 4 * i, va + 4 * i);
	if (va != pa)
		watch(c, pa, pa + bytes - 1);
}
