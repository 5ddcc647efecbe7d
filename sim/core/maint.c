/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cache and TLB maintenance (ARM ARM B4.2).  MCR p15 to c7 and c8 is foreseen like an access, or met by late.c, and the
 * model does what the instruction says; Unicorn itself sees to its own TLB.  A write to a control register (c1, c2, c3)
 * in kernel text gets a hook at its own address.
 */
#include "core.h"

#define	CRN(i)	((i) >> 16 & 15)
#define	CRM(i)	((i) & 15)
#define	OPC2(i)	((i) >> 5 & 7)
#define	KEY(crn, crm, opc2)	((crn) << 8 | (crm) << 4 | (opc2))

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
	const struct recent *recent = locate(c, va, false);

	if (recent == NULL || ram_pointer(c, recent->pa, 1) == NULL)
		return NO_LINE;
	return (recent->pa | (va & 0xfff)) >> LINE_SHIFT;
}

static void
clean_line(struct core *c, uint32_t va, bool to_memory, bool invalidate)
{
	uint32_t line = line_of(c, va);

	if (to_memory)
		c->n.cycles += (uint64_t)c->p.l2_hit_cycles;	/* L2 is looked up, as for a load that misses L1 */
	if (line != NO_LINE)
		memory_clean(c, line, to_memory, invalidate);
}

static void
invalidate_text(struct core *c, uint32_t va)
{
	uint32_t line = line_of(c, va);
	uint8_t *text;

	if (line == NO_LINE)
		return;
	cache_drop(&c->t.l1i, line & c->t.l1i.set_mask, line);
	text = &c->t.text[((line << LINE_SHIFT) - (uint32_t)c->ram_base) >> PAGE_SHIFT];
	if (*text) {
		*text = 0;
		text_changed(c);
	}
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
perform(struct core *c, uint32_t key, uint32_t value)
{
	switch (key) {
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

/* An unconditional MCR p15 to c7 or c8 (TRM 3.2)? */
bool
is_maintenance(uint32_t insn)
{
	return (insn & 0xfff00f10u) == 0xee000f10u && (CRN(insn) == 7 || CRN(insn) == 8);
}

/* What identifies the operation, for maintain(): CRm and opcode 2; CRn goes by itself. */
uint32_t
maintenance_code(uint32_t insn)
{
	return CRM(insn) << 4 | OPC2(insn);
}

/* Do a maintenance operation and charge it; a cycle of issue is in the block's schedule already. */
void
maintain(struct core *c, uint32_t crn, uint32_t code, uint32_t value)
{
	if (perform(c, crn << 8 | code, value))
		c->n.cycles += (uint64_t)c->p.cp15_cycles - 1;
}

static bool
is_control(uint32_t insn)
{
	return (insn & 0xfff00f10u) == 0xee000f10u && CRN(insn) >= 1 && CRN(insn) <= 3;
}

static void
hook_control(uc_engine *uc, uint64_t address, uint32_t size, void *user_data)
{
	struct core *c = user_data;
	uint32_t insn = text_word(c, (uint32_t)address);

	if (!is_control(insn))
		return;
	set_control(c, insn, cpu_reg_number(c, (uint32_t)address, insn >> 12 & 15));
	if (c->timed)
		c->n.cycles += (uint64_t)c->p.cp15_cycles - 1;
}

/* Fewer hooks are better: Unicorn asks each of them whenever any of them is to be called. */
static void
watch(struct core *c, uint32_t first, uint32_t last)
{
	uc_hook handle;

	uc_hook_add(c->uc, &handle, UC_HOOK_CODE, (void *)hook_control, c, first, last);
}

/* Hook every write to a control register in a stretch of kernel text, which before the MMU is on runs at pa. */
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
		if (is_control(word[i]))
			watch(c, va + 4 * i, va + 4 * i);
	if (va != pa)
		watch(c, pa, pa + bytes - 1);
}
