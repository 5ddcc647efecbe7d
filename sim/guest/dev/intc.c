/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The AM335x interrupt controller: it names the pending source; masking is a bit a source in four
 * banks of 32.  An interrupt is over when NEWIRQAGR is written.
 *
 * Locking: interrupts masked, or booting.
 */
#include <sys/systm.h>
#include <machine/intr.h>
#include <machine/vmparam.h>

#define INTC_BASE		(0x48200000 + DEVMAP_OFFSET)
#define INTC_SIR_IRQ		0x40
#define INTC_CONTROL		0x48
#define INTC_MIR_CLEAR(n)	(0x88 + 0x20 * (n))	/* write 1: let through */
#define INTC_MIR_SET(n)		(0x8c + 0x20 * (n))	/* write 1: hold back */

#define SIR_ACTIVE_IRQ		0x0000007f
#define SIR_SPURIOUS		0xffffff80	/* any of these: nothing pending */
#define CONTROL_NEWIRQAGR	0x01

uint32_t
intc_read(u_int reg)
{

	return (*(volatile uint32_t *)(INTC_BASE + reg));
}

void
intc_write(u_int reg, uint32_t value)
{

	*(volatile uint32_t *)(INTC_BASE + reg) = value;
}

void
intc_init(void)
{
	int bank;

	for (bank = 0; bank < NIRQ / 32; bank++)
		intc_write(INTC_MIR_SET(bank), 0xffffffff);
	intc_write(INTC_CONTROL, CONTROL_NEWIRQAGR);
}

/* The pending source, or -1; `last` (-1 for none) has been handled and is acknowledged first. */
int
arm_get_next_irq(int last)
{
	uint32_t sir;

	if (last != -1)
		intc_write(INTC_CONTROL, CONTROL_NEWIRQAGR);
	sir = intc_read(INTC_SIR_IRQ);
	if ((sir & SIR_SPURIOUS) != 0)
		return (-1);
	return ((int)(sir & SIR_ACTIVE_IRQ));
}

void
arm_mask_irq(int irq)
{

	intc_write(INTC_MIR_SET(irq / 32), 1u << (irq % 32));
}

void
arm_unmask_irq(int irq)
{

	intc_write(INTC_MIR_CLEAR(irq / 32), 1u << (irq % 32));
}
