/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Interrupt dispatch: irq_entry calls intr_handler(), which runs the handler of every pending source.
 * A driver takes a source with arm_setup_irqhandler(); it is unmasked from then on.
 *
 * Locking: the table changes with interrupts masked; handlers run with interrupts masked.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <machine/frame.h>
#include <machine/intr.h>

struct irq_source {
	const char		*is_name;
	arm_intr_handler_t	*is_handler;
	void			*is_arg;
	u_int			is_count;
};

static struct irq_source irq_sources[NIRQ];

/* EINVAL for a number there is no line for, EBUSY if it is taken. */
int
arm_setup_irqhandler(const char *name, int irq, arm_intr_handler_t *handler, void *arg)
{
	struct irq_source *is;
	register_t s;

	if (irq < 0 || irq >= NIRQ || handler == NULL)
		return (EINVAL);
	is = &irq_sources[irq];
	if (is->is_handler != NULL)
		return (EBUSY);
	s = intr_disable();
	is->is_name = name;
	is->is_arg = arg;
	is->is_handler = handler;
	arm_unmask_irq(irq);
	intr_restore(s);
	return (0);
}

int
arm_remove_irqhandler(int irq)
{
	register_t s;

	if (irq < 0 || irq >= NIRQ || irq_sources[irq].is_handler == NULL)
		return (EINVAL);
	s = intr_disable();
	arm_mask_irq(irq);
	irq_sources[irq].is_handler = NULL;
	intr_restore(s);
	return (0);
}

/* A source nobody took is masked, or it would interrupt forever. */
void
arm_handler_execute(struct trapframe *frame, int irq)
{
	struct irq_source *is;

	is = &irq_sources[irq];
	is->is_count++;
	PCPU_INC(v_intr);
	if (is->is_handler == NULL) {
		arm_mask_irq(irq);
		printf("stray interrupt %d\n", irq);
		return;
	}
	(*is->is_handler)(is->is_arg);
}

void
intr_handler(struct trapframe *frame)
{
	struct trapframe *outer;
	int irq;

	if (TRAPF_USERMODE(frame))
		curthread->td_frame = frame;
	outer = PCPU_GET(intr_frame);
	PCPU_SET(intr_frame, frame);
	PCPU_INC(intr_nesting);
	for (irq = arm_get_next_irq(-1); irq != -1; irq = arm_get_next_irq(irq))
		arm_handler_execute(frame, irq);
	PCPU_SET(intr_nesting, PCPU_GET(intr_nesting) - 1);
	PCPU_SET(intr_frame, outer);
}
