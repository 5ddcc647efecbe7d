/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exception entry and exit.
 *
 * System calls push their trap frame on the supervisor stack with PUSHFRAME; everything else changes to
 * SVC mode first (PUSHFRAMEINSVC) and leaves TF_DTRACE_PAD words free below the interrupted stack
 * pointer, where fbt emulates a displaced push.  The unwind directives of exception_exit describe the
 * frame, so that an unwinder crosses a trap in one step; at swi_exit it stops.
 * Interrupts are masked from entry until a handler unmasks them, and again on the way out.
 */
#include <machine/asm.h>
#include <machine/asmoffsets.h>
#include <machine/armreg.h>
#include <machine/param.h>

#define KSTACK_FRAME	256		/* more than a frame and the words free below it */

#define TDF_AST_MASK	0x00010800	/* TDF_ASTPENDING | TDF_NEEDRESCHED, asserted in arm/vm_machdep.c */

/* From SVC mode, entered from user mode; sp is the top of the kernel stack. */
.macro PUSHFRAME
	sub	sp, sp, #4			/* tf_pad */
	str	lr, [sp, #-4]!			/* tf_pc */
	sub	sp, sp, #8			/* tf_svc_sp, tf_svc_lr: not used */
	sub	sp, sp, #60
	stmia	sp, {r0-r14}^			/* tf_r0 .. tf_usr_lr */
	mrs	r0, spsr
	str	r0, [sp, #-4]!			/* tf_spsr */
.endm

.macro PULLFRAME
	ldr	r0, [sp], #4
	msr	spsr_fsxc, r0
	clrex
	ldmia	sp, {r0-r14}^
	nop
	add	sp, sp, #68
	ldr	lr, [sp], #8			/* tf_pc, tf_pad */
.endm

/* From an exception mode with lr corrected to the address to return to. */
.macro PUSHFRAMEINSVC
	stmdb	sp, {r0-r3}			/* this mode's few words of stack */
	mov	r0, lr
	mov	r1, sp
	mrs	r3, spsr
	mrs	r2, cpsr
	bic	r2, r2, #PSR_MODE
	orr	r2, r2, #PSR_SVC32_MODE
	msr	cpsr_c, r2
	mov	r2, sp				/* the interrupted SVC stack pointer */
	bic	sp, sp, #7
	sub	sp, sp, #(4 * 17)		/* TF_DTRACE_PAD; its lowest word is tf_pad */
	str	r0, [sp, #-4]!			/* tf_pc */
	str	lr, [sp, #-4]!			/* tf_svc_lr */
	str	r2, [sp, #-4]!			/* tf_svc_sp */
	msr	spsr_fsxc, r3
	ldmdb	r1, {r0-r3}
	sub	sp, sp, #60
	stmia	sp, {r0-r14}^			/* tf_r0 .. tf_usr_lr */
	mrs	r0, spsr
	str	r0, [sp, #-4]!			/* tf_spsr */
.endm

.macro PULLFRAMEFROMSVCANDEXIT
	ldr	r0, [sp], #4
	msr	spsr_fsxc, r0
	clrex
	ldmia	sp, {r0-r14}^
	nop
	add	sp, sp, #60
	ldmia	sp, {sp, lr, pc}^
.endm

/* Back to user mode: run ast() while the thread's flags ask for it.  Leaves interrupts masked. */
.macro DO_AST
	ldr	r0, [sp]
	and	r0, r0, #PSR_MODE
	cmp	r0, #PSR_USR32_MODE
	bne	2f
1:	cpsid	if
	ldr	r1, .Lpcpu\@
	ldr	r1, [r1, #PC_CURTHREAD]
	ldr	r1, [r1, #TD_FLAGS]
	ldr	r2, .Lmask\@
	tst	r1, r2
	beq	2f
	cpsie	if
	mov	r0, sp
	bl	ast
	b	1b
.Lpcpu\@: .word	__pcpu
.Lmask\@: .word	TDF_AST_MASK
2:	cpsid	if
.endm

/* What PUSHFRAMEINSVC left on the stack, outermost first. */
.macro UNWINDSVCFRAME
	.save	{sp, lr, pc}
	.pad	#8				/* tf_usr_sp, tf_usr_lr */
	.save	{r0-r12}
	.pad	#4				/* tf_spsr */
.endm

ENTRY(swi_entry)
	PUSHFRAME
	mov	r0, sp
	bl	swi_handler
END_NOUNWIND(swi_entry)

/* swi_handler() returns here: the outermost name of every system call's stack. */
ENTRY(swi_exit)
	DO_AST
	PULLFRAME
	movs	pc, lr
END_NOUNWIND(swi_exit)

ENTRY(exception_exit)
	UNWINDSVCFRAME
	DO_AST
	PULLFRAMEFROMSVCANDEXIT
END(exception_exit)

ENTRY(undefined_entry)
	sub	lr, lr, #4
	PUSHFRAMEINSVC
	mov	r0, sp
	ldr	lr, =exception_exit
	b	undefinedinstruction
	.ltorg
END_NOUNWIND(undefined_entry)

ENTRY(prefetch_abort_entry)
	sub	lr, lr, #4
	PUSHFRAMEINSVC
	mov	r0, sp
	mov	r1, #1
	ldr	lr, =exception_exit
	b	abort_handler
	.ltorg
END_NOUNWIND(prefetch_abort_entry)

/*
 * A kernel stack that ran over is where the frame of this abort would go, and its push would abort again.
 * So a fault of the kernel's in the page the stack has come to ends here, on a stack set aside for it.
 */
ENTRY(data_abort_entry)
	sub	lr, lr, #8
	stmdb	sp, {r0-r3}
	mrs	r0, spsr
	tst	r0, #(PSR_MODE & ~PSR_USR32_MODE)
	beq	1f
	cps	#PSR_SVC32_MODE
	mov	r2, sp
	cps	#PSR_ABT32_MODE
	mrc	p15, 0, r1, c6, c0, 0		/* the address of the fault */
	eor	r0, r1, r2
	sub	r3, r2, #KSTACK_FRAME
	eor	r3, r3, r1
	lsrs	r0, r0, #PAGE_SHIFT
	lsrsne	r3, r3, #PAGE_SHIFT
	beq	kstack_overflow_entry
1:	ldmdb	sp, {r0-r3}
	PUSHFRAMEINSVC
	mov	r0, sp
	mov	r1, #0
	ldr	lr, =exception_exit
	b	abort_handler
	.ltorg
END_NOUNWIND(data_abort_entry)

/* r1 is the address of the fault, r2 the stack pointer that came to it. */
ENTRY(kstack_overflow_entry)
	mov	r0, lr
	cps	#PSR_SVC32_MODE
	ldr	sp, =(kstack_spare + KSTACK_SPARE_BYTES)
	bl	kstack_overflow
	.ltorg
END_NOUNWIND(kstack_overflow_entry)

ENTRY(irq_entry)
	sub	lr, lr, #4
	PUSHFRAMEINSVC
	mov	r0, sp
	ldr	lr, =exception_exit
	b	intr_handler
	.ltorg
END_NOUNWIND(irq_entry)

/* Reset, hypervisor call and FIQ cannot happen on this machine; say so if they do. */
ENTRY(unexpected_entry)
	msr	cpsr_c, #(PSR_SVC32_MODE | PSR_I | PSR_F)
	ldr	r0, =unexpected_message
	bl	panic
	.ltorg
END_NOUNWIND(unexpected_entry)

	.section .rodata
unexpected_message:
	.asciz	"exception: reset, hypervisor or fast interrupt vector taken"

/* Copied to the vector page by initarm(). */
	.text
	.align	2
	.globl	vectors_start, vectors_end
vectors_start:
	ldr	pc, .Lreset
	ldr	pc, .Lundefined
	ldr	pc, .Lswi
	ldr	pc, .Lprefetch
	ldr	pc, .Ldata
	ldr	pc, .Lreset
	ldr	pc, .Lirq
	ldr	pc, .Lreset
.Lreset:	.word	unexpected_entry
.Lundefined:	.word	undefined_entry
.Lswi:		.word	swi_entry
.Lprefetch:	.word	prefetch_abort_entry
.Ldata:		.word	data_abort_entry
.Lirq:		.word	irq_entry
vectors_end:
