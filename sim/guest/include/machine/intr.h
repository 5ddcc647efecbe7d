/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Interrupt dispatch: one handler per source, run with interrupts masked.
 */
#ifndef MACHINE_INTR_H
#define MACHINE_INTR_H

#include <sys/types.h>

#define NIRQ		128

typedef void	arm_intr_handler_t(void *arg);

int	arm_setup_irqhandler(const char *name, int irq, arm_intr_handler_t *handler, void *arg);
int	arm_remove_irqhandler(int irq);
void	arm_handler_execute(struct trapframe *frame, int irq);
void	intr_handler(struct trapframe *frame);

/* dev/intc.c */
void	intc_init(void);
int	arm_get_next_irq(int last);		/* -1: none left */
void	arm_mask_irq(int irq);
void	arm_unmask_irq(int irq);

#endif
