/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The EABI's division helpers (the Cortex-A8 has no divide instruction): quotient and remainder
 * come back in registers, which C cannot say, so these wrap the C loops of divide.c.
 */
#include "asm.h"

	.syntax	unified

/* r0 / r1 -> r0, remainder r1 */
ENTRY(__aeabi_uidivmod)
	push	{r2, lr}
	mov	r2, sp
	bl	__udivmod32
	pop	{r1, lr}
	bx	lr
END(__aeabi_uidivmod)
	.globl	__aeabi_uidiv
	.set	__aeabi_uidiv, __aeabi_uidivmod

ENTRY(__aeabi_idivmod)
	push	{r2, lr}
	mov	r2, sp
	bl	__divmod32
	pop	{r1, lr}
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
