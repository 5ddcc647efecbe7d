/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel's start on this machine, the devices it finds there, and the traps' C side.
 */
#ifndef MACHINE_MACHDEP_H
#define MACHINE_MACHDEP_H

#include <sys/types.h>
#include <machine/cpu.h>

void	*initarm(vm_paddr_t bootinfo_pa);	/* returns the first thread's stack pointer */
void	undefinedinstruction(struct trapframe *frame);
void	abort_handler(struct trapframe *frame, int prefetch);
void	kstack_overflow(u_int pc, u_int far, u_int sp);
void	swi_handler(struct trapframe *frame);

/* dev/uart.c: the two serial lines, polled. */
void	uart_init(void);
void	uart_putc(int unit, int c);
int	uart_getc(int unit);			/* -1: nothing there */
void	cnputc(int c);				/* the console is unit 0 */
int	cngetc(void);

/* dev/dmtimer.c: both count at 24 MHz. */
#define DMTIMER_HZ	24000000
void	dmtimer_init(void);
uint32_t dmtimer_get_timecount(void);		/* DMTIMER2: free running, up */
void	dmtimer_et_setup(void (*func)(void *), void *arg);	/* DMTIMER3: who is called, in interrupt context */
void	dmtimer_et_start(uint32_t first, uint32_t period);	/* in timer ticks; period 0 = once */
void	dmtimer_et_stop(void);

#endif
