/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The loads and the store that may fault, and the interrupt mask.
 *
 * dtrace_trap() skips a load that aborts by adding 4 to the pc, so each result is zeroed first and
 * the access is one instruction.
 */
#include <machine/asm.h>
#include <machine/armreg.h>

ENTRY(dtrace_nofault_load8)
	mov	r1, r0
	mov	r0, #0
	ldrb	r0, [r1]
	bx	lr
END(dtrace_nofault_load8)

ENTRY(dtrace_nofault_load16)
	mov	r1, r0
	mov	r0, #0
	ldrh	r0, [r1]
	bx	lr
END(dtrace_nofault_load16)

ENTRY(dtrace_nofault_load32)
	mov	r1, r0
	mov	r0, #0
	ldr	r0, [r1]
	bx	lr
END(dtrace_nofault_load32)

/* With the user's own rights: what he may only read must not be written for him. */
ENTRY(dtrace_nofault_ustore8)
	strbt	r1, [r0]
	bx	lr
END(dtrace_nofault_ustore8)

/* Masks IRQ and FIQ; returns the CPSR as it was. */
ENTRY(dtrace_interrupt_disable)
	mrs	r0, cpsr
	orr	r1, r0, #(PSR_I | PSR_F)
	msr	cpsr_c, r1
	bx	lr
END(dtrace_interrupt_disable)

ENTRY(dtrace_interrupt_enable)
	msr	cpsr_c, r0
	bx	lr
END(dtrace_interrupt_enable)
