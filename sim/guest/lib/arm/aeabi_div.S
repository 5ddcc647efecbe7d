/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The EABI's division helpers (the Cortex-A8 has no divide instruction): quotient and remainder
 * come back in registers, which C cannot say, so these wrap the C loops of divide.c.
 */
#include "asm.h"

	.syntax	unified

/*
 * r0 / r1 -> r0, remainder r1.  The quotient's bits from the first that can be set on, three instructions each, without
 * a loop; r2 collects them.  Division by zero gives zero, with the dividend as remainder.
 */
ENTRY(__aeabi_uidivmod)
	clz	r2, r1
	clz	r3, r0
	subs	r3, r2, r3		/* the highest bit the quotient may have */
	blo	2f
	cmp	r1, #0
	beq	2f
	rsb	r3, r3, #31
	add	r3, r3, r3, lsl #1	/* bits left out, three instructions each */
	mov	r2, #0
	add	pc, pc, r3, lsl #2
	nop
	.set	bit, 31
	.rept	32
	cmp	r0, r1, lsl #bit
	adc	r2, r2, r2
	subhs	r0, r0, r1, lsl #bit
	.set	bit, bit - 1
	.endr
	mov	r1, r0
	mov	r0, r2
	bx	lr
2:	mov	r1, r0
	mov	r0, #0
	bx	lr
END(__aeabi_uidivmod)
	.globl	__aeabi_uidiv
	.set	__aeabi_uidiv, __aeabi_uidivmod

/* The same, signed: rounded towards zero, the remainder with the dividend's sign. */
ENTRY(__aeabi_idivmod)
	orrs	r2, r0, r1
	bpl	__aeabi_uidivmod
	push	{r0, r1, r4, lr}
	cmp	r0, #0
	rsblt	r0, r0, #0
	cmp	r1, #0
	rsblt	r1, r1, #0
	bl	__aeabi_uidivmod
	pop	{r2, r3, r4, lr}
	cmp	r2, #0
	rsblt	r1, r1, #0
	teq	r2, r3
	rsbmi	r0, r0, #0
	bx	lr
END(__aeabi_idivmod)
	.globl	__aeabi_idiv
	.set	__aeabi_idiv, __aeabi_idivmod

/* r1:r0 / r3:r2 -> r1:r0, remainder r3:r2 */
ENTRY(__aeabi_uldivmod)
	push	{r4, lr}
	sub	sp, sp, #16
	add	r4, sp, #8
	str	r4, [sp]
	bl	__udivmod64
	ldrd	r2, r3, [sp, #8]
	add	sp, sp, #16
	pop	{r4, lr}
	bx	lr
END(__aeabi_uldivmod)

ENTRY(__aeabi_ldivmod)
	push	{r4, lr}
	sub	sp, sp, #16
	add	r4, sp, #8
	str	r4, [sp]
	bl	__divmod64
	ldrd	r2, r3, [sp, #8]
	add	sp, sp, #16
	pop	{r4, lr}
	bx	lr
END(__aeabi_ldivmod)
