/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two timers of the AM335x that the kernel uses, both at 24 MHz: DMTIMER2 runs freely and is the
 * timecounter, DMTIMER3 interrupts when it overflows and is the event timer.
 *
 * Locking: callers of dmtimer_et_*() have interrupts masked.
 */
#include <sys/systm.h>
#include <machine/intr.h>
#include <machine/machdep.h>
#include <machine/vmparam.h>

#define TC_BASE		(0x48040000 + DEVMAP_OFFSET)	/* DMTIMER2 */
#define ET_BASE		(0x48042000 + DEVMAP_OFFSET)	/* DMTIMER3 */
#define ET_IRQ		69

#define DMT_IRQSTATUS		0x28	/* write 1 to clear */
#define DMT_IRQENABLE_SET	0x2c
#define DMT_IRQENABLE_CLR	0x30
#define DMT_TCLR		0x38
#define DMT_TCRR		0x3c	/* counter */
#define DMT_TLDR		0x40	/* value after an overflow, if reloading */

#define IRQ_OVF			0x02
#define TCLR_START		0x01
#define TCLR_AUTORELOAD		0x02

static void	(*et_func)(void *);
static void	*et_arg;

uint32_t
dmtimer_read(vm_offset_t base, u_int reg)
{

	return (*(volatile uint32_t *)(base + reg));
}

void
dmtimer_write(vm_offset_t base, u_int reg, uint32_t value)
{

	*(volatile uint32_t *)(base + reg) = value;
}

/* Starts the timecounter. */
void
dmtimer_init(void)
{

	dmtimer_write(TC_BASE, DMT_TLDR, 0);
	dmtimer_write(TC_BASE, DMT_TCRR, 0);
	dmtimer_write(TC_BASE, DMT_TCLR, TCLR_START | TCLR_AUTORELOAD);
}

uint32_t
dmtimer_get_timecount(void)
{

	return (dmtimer_read(TC_BASE, DMT_TCRR));
}

void
dmtimer_et_intr(void *arg)
{

	dmtimer_write(ET_BASE, DMT_IRQSTATUS, IRQ_OVF);
	(*et_func)(et_arg);
}

void
dmtimer_et_setup(void (*func)(void *), void *arg)
{

	et_func = func;
	et_arg = arg;
	if (arm_setup_irqhandler("dmtimer3", ET_IRQ, dmtimer_et_intr, NULL) != 0)
		panic("dmtimer_et_setup: interrupt %d is taken", ET_IRQ);
	dmtimer_write(ET_BASE, DMT_IRQENABLE_SET, IRQ_OVF);
}

void
dmtimer_et_start(uint32_t first, uint32_t period)
{

	dmtimer_write(ET_BASE, DMT_TCLR, 0);
	dmtimer_write(ET_BASE, DMT_TLDR, 0u - period);
	dmtimer_write(ET_BASE, DMT_TCRR, 0u - first);
	dmtimer_write(ET_BASE, DMT_TCLR, period != 0 ? TCLR_START | TCLR_AUTORELOAD : TCLR_START);
}

void
dmtimer_et_stop(void)
{

	dmtimer_write(ET_BASE, DMT_TCLR, 0);
	dmtimer_write(ET_BASE, DMT_IRQSTATUS, IRQ_OVF);
}
