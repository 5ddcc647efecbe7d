/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Changing threads.  Called by the scheduler with interrupts masked and sched_lock held; the lock
 * passes to the new thread.
 *
 * A thread that never ran starts in fork_trampoline with r4 = function, r5 = argument.
 */
#include <machine/asm.h>
#include <machine/asmoffsets.h>
#include <machine/pcb.h>

/* void cpu_switch(struct thread *old, struct thread *new) */
ENTRY(cpu_switch)
	push	{r4, r5, fp, lr}
	.save	{r4, r5, fp, lr}
	.setfp	fp, sp, #8
	add	fp, sp, #8
	ldr	r2, [r0, #TD_PCB]
	stmia	r2, {r4-r12}
	str	sp, [r2, #PCB_SP]
	str	lr, [r2, #PCB_LR]
	mrc	p15, 0, r3, c13, c0, 3		/* TPIDRURO */
	str	r3, [r2, #PCB_TP]
	mov	r5, r1
	ldr	r4, [r1, #TD_PCB]
	ldr	r0, [r4, #PCB_PAGEDIR]
	ldr	r3, [r2, #PCB_PAGEDIR]
	cmp	r0, r3
	blne	armv7_context_switch
	b	switch_resume
END(cpu_switch)

/* void cpu_throw(struct thread *old, struct thread *new): old is gone, its stack may go any time. */
ENTRY(cpu_throw)
	mov	r5, r1
	ldr	r4, [r1, #TD_PCB]
	ldr	r0, [r4, #PCB_PAGEDIR]
	bl	armv7_context_switch
	b	switch_resume
END_NOUNWIND(cpu_throw)

/* r4 = pcb, r5 = thread to run. */
ENTRY(switch_resume)
	ldr	r1, =__pcpu
	str	r5, [r1, #PC_CURTHREAD]
	str	r4, [r1, #PC_CURPCB]
	ldr	r0, [r4, #PCB_TP]
	mcr	p15, 0, r0, c13, c0, 3
	mov	r0, r4
	ldr	lr, [r0, #PCB_LR]
	ldr	sp, [r0, #PCB_SP]
	ldmia	r0, {r4-r12}
	clrex
	cmp	lr, #0				/* cpu_switch saved us: its frame is on the stack */
	popne	{r4, r5, fp, pc}
	.globl	switch_enter_new
switch_enter_new:
	b	fork_trampoline
	.ltorg
END_NOUNWIND(switch_resume)

/* A new thread: fork_exit(function, argument, trap frame), then to user mode as from a system call. */
ENTRY(fork_trampoline)
	mov	r0, r4
	mov	r1, r5
	mov	r2, sp
	mov	fp, #0
	bl	fork_exit
	b	swi_exit
END_NOUNWIND(fork_trampoline)

/* void savectx(struct pcb *pcb): the registers of the caller, for a look from outside. */
ENTRY(savectx)
	stmia	r0, {r4-r12}
	str	sp, [r0, #PCB_SP]
	str	lr, [r0, #PCB_LR]
	bx	lr
END(savectx)
