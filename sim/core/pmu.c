/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The performance monitor (TRM 3.2.42 and on): a cycle counter and four counters that the guest gives events to.
 *
 * Nothing is counted for it: a counter is the difference of one of the model's own counters, so it costs nothing until
 * it is read.  late.c hands every MRC and MCR of p15, c9, c12 to c14 over just before Unicorn executes it; what an MRC
 * is to find is put into Unicorn's registers.  Counters do not overflow into interrupts, and PMSWINC does nothing.
 */
#include "core.h"

#define	CRM(i)		((i) & 15)
#define	OPC2(i)		((i) >> 5 & 7)
#define	REGISTER(crm, opc2)	((crm) << 4 | (opc2))
#define	PMCR_E		0x1u
#define	PMCR_P		0x2u
#define	PMCR_C		0x4u
#define	PMCR_ID		0x41000000u		/* implementer ARM */
#define	PMCR_N		((uint32_t)PMU_EVENTS << 11)
#define	CYCLE_BIT	(1u << 31)
#define	CYCLES		PMU_EVENTS		/* number of the cycle counter */

/* Event numbers: TRM table 3-89. */
static uint64_t
event_count(const struct core *c, uint32_t event)
{
	switch (event) {
	case 0x01:
		return c->n.l1i_refill;
	case 0x02:
		return c->n.itlb_refill;
	case 0x03:
		return c->n.l1d_refill;
	case 0x04:
		return c->n.mem_read + c->n.mem_write;
	case 0x05:
		return c->n.dtlb_refill;
	case 0x06:
		return c->n.mem_read;
	case 0x07:
		return c->n.mem_write;
	case 0x08:
		return c->n.instructions;
	case 0x09:
		return c->n.exceptions;
	case 0x10:
		return c->n.mispredicts;
	case 0x11:
		return c->n.cycles;
	case 0x43:
		return c->n.l2_access;
	case 0x44:
		return c->n.l2_refill;
	case 0x45:
		return c->n.axi_read;
	case 0x46:
		return c->n.axi_write;
	case 0x50:
		return c->n.l1i_access;
	default:
		return 0;
	}
}

static uint64_t
source(const struct core *c, uint32_t counter)
{
	return counter == CYCLES ? c->n.cycles : event_count(c, c->t.pmu.event[counter]);
}

static bool
running(const struct pmu *pmu, uint32_t counter)
{
	return (pmu->control & PMCR_E) && (pmu->enabled & (counter == CYCLES ? CYCLE_BIT : 1u << counter));
}

static uint32_t
value(const struct core *c, uint32_t counter)
{
	const struct pmu *pmu = &c->t.pmu;

	return pmu->value[counter] + (running(pmu, counter) ? (uint32_t)(source(c, counter) - pmu->since[counter]) : 0);
}

/* Note what all counters show, before something changes which of them run. */
static void
settle(struct core *c)
{
	for (uint32_t i = 0; i <= CYCLES; i++) {
		c->t.pmu.value[i] = value(c, i);
		c->t.pmu.since[i] = source(c, i);
	}
}

static void
set_value(struct core *c, uint32_t counter, uint32_t to)
{
	c->t.pmu.value[counter] = to;
	c->t.pmu.since[counter] = source(c, counter);
}

static void
write_control(struct core *c, uint32_t to)
{
	settle(c);
	c->t.pmu.control = to & PMCR_E;
	if (to & PMCR_C)
		set_value(c, CYCLES, 0);
	for (uint32_t i = 0; (to & PMCR_P) && i < PMU_EVENTS; i++)
		set_value(c, i, 0);
}

static void
pmu_write(struct core *c, uint32_t reg, uint32_t to)
{
	struct pmu *pmu = &c->t.pmu;

	switch (reg) {
	case REGISTER(12, 0):			/* PMCR */
		write_control(c, to);
		break;
	case REGISTER(12, 1):			/* PMCNTENSET */
	case REGISTER(12, 2):			/* PMCNTENCLR */
		settle(c);
		pmu->enabled = reg == REGISTER(12, 1) ? pmu->enabled | to : pmu->enabled & ~to;
		break;
	case REGISTER(12, 5):			/* PMSELR */
		pmu->selected = to & 31;
		break;
	case REGISTER(13, 0):			/* PMCCNTR */
		set_value(c, CYCLES, to);
		break;
	case REGISTER(13, 1):			/* PMXEVTYPER */
		settle(c);
		if (pmu->selected < PMU_EVENTS) {
			pmu->event[pmu->selected] = to & 0xff;
			pmu->since[pmu->selected] = source(c, pmu->selected);
		}
		break;
	case REGISTER(13, 2):			/* PMXEVCNTR */
		if (pmu->selected < PMU_EVENTS)
			set_value(c, pmu->selected, to);
		break;
	}
}

/* Put what the MRC is to find into Unicorn's registers, its own counting switched off. */
static void
pmu_offer(struct core *c, uint32_t reg)
{
	const struct pmu *pmu = &c->t.pmu;
	uint32_t selected = pmu->selected < PMU_EVENTS ? pmu->selected : 0;

	cp15_write(c, 9, 0, 12, 0, PMCR_ID | PMCR_N | (reg == REGISTER(12, 0) ? pmu->control : 0));
	cp15_write(c, 9, 0, 12, 1, pmu->enabled);
	cp15_write(c, 9, 0, 12, 5, pmu->selected);
	cp15_write(c, 9, 0, 13, 0, value(c, CYCLES));
	cp15_write(c, 14, 0, 12, (int)selected, pmu->event[selected]);
	cp15_write(c, 14, 0, 8, (int)selected, value(c, selected));
}

/* MRC or MCR p15, c9, c12 to c14? */
bool
is_pmu(uint32_t insn)
{
	return (insn & 0xffef0f10u) == 0xee090f10u && CRM(insn) >= 12 && CRM(insn) <= 14;
}

/* The PMU instruction at pc is next. */
void
pmu_access(struct core *c, uint32_t pc, uint32_t insn)
{
	uint32_t reg = REGISTER(CRM(insn), OPC2(insn));

	if (insn >> 20 & 1)
		pmu_offer(c, reg);
	else if (!c->t.user)
		pmu_write(c, reg, cpu_reg_number(c, pc, insn >> 12 & 15));
}
