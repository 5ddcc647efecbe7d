/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * AM335x interrupt controller (TRM ch. 6) without priorities: level lines of the timers and pvctl,
 * one mask bit each, and the number of the lowest active line.
 */
#include "core.h"
#define	PV_NO_STRUCTS
#include <abi/pvctl.h>

#define	INTC_SIR_IRQ	0x40
#define	INTC_MIR	0x84
#define	INTC_MIR_CLEAR	0x88
#define	INTC_MIR_SET	0x8c
#define	INTC_BANK	0x20
#define	INTC_SPURIOUS	0xffffff80u

static bool
masked(struct core *c, uint32_t irq)
{
	return c->intc.mir[irq / 32] >> (irq % 32) & 1;
}

/* The lowest active, unmasked line, or -1. */
static int
active(struct core *c)
{
	for (size_t i = 0; i < NELEM(c->timer); i++) {
		struct dmtimer *t = &c->timer[i];

		dmtimer_poll(c, t);
		if ((t->status & t->enable) && !masked(c, t->irq))
			return (int)t->irq;
	}
	return (c->pv.status & PV_ST_INTERRUPT) && !masked(c, PV_IRQ) ? PV_IRQ : -1;
}

bool
intc_active(struct core *c)
{
	return active(c) >= 0;
}

uint32_t
intc_read(struct core *c, uint32_t offset)
{
	int irq;

	if (offset == INTC_SIR_IRQ) {
		irq = active(c);
		return irq < 0 ? INTC_SPURIOUS : (uint32_t)irq;
	}
	if (offset >= INTC_MIR && offset < INTC_MIR + 4 * INTC_BANK && (offset & 0x1f) == 4)
		return c->intc.mir[(offset - INTC_MIR) / INTC_BANK];
	return 0;
}

void
intc_write(struct core *c, uint32_t offset, uint32_t value)
{
	uint32_t bank = (offset - 0x80) / INTC_BANK;

	if (offset < 0x80 || bank >= NELEM(c->intc.mir))
		return;
	if (offset % INTC_BANK == INTC_MIR_CLEAR % INTC_BANK)
		c->intc.mir[bank] &= ~value;
	else if (offset % INTC_BANK == INTC_MIR_SET % INTC_BANK)
		c->intc.mir[bank] |= value;
}
