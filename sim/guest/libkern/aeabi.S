/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ARM EABI's run-time helpers whose results come in four registers
 * (Run-time ABI for the ARM Architecture, 4.2).  The arithmetic is in divide.c.
 */
#include <machine/asm.h>

/* r0 = r0 / r1, r1 = r0 % r1 */
ENTRY(__aeabi_uidivmod)
	push	{r0, r1, fp, lr}
	.save	{r0, r1, fp, lr}
	bl	__aeabi_uidiv
	pop	{r1, r2, fp, lr}
	mul	r3, r0, r2
	sub	r1, r1, r3
	bx	lr
END(__aeabi_uidivmod)

ENTRY(__aeabi_idivmod)
	push	{r0, r1, fp, lr}
	.save	{r0, r1, fp, lr}
	bl	__aeabi_idiv
	pop	{r1, r2, fp, lr}
	mul	r3, r0, r2
	sub	r1, r1, r3
	bx	lr
END(__aeabi_idivmod)

/* r1:r0 = r1:r0 / r3:r2, r3:r2 = remainder */
ENTRY(__aeabi_uldivmod)
	push	{fp, lr}
	.save	{fp, lr}
	.pad	#16
	sub	sp, sp, #16
	add	r12, sp, #8
	str	r12, [sp]			/* fifth argument: where the remainder goes */
	bl	__udivmoddi4
	ldrd	r2, r3, [sp, #8]
	add	sp, sp, #16
	pop	{fp, pc}
END(__aeabi_uldivmod)

ENTRY(__aeabi_ldivmod)
	push	{fp, lr}
	.save	{fp, lr}
	.pad	#16
	sub	sp, sp, #16
	add	r12, sp, #8
	str	r12, [sp]
	bl	__divmoddi4
	ldrd	r2, r3, [sp, #8]
	add	sp, sp, #16
	pop	{fp, pc}
END(__aeabi_ldivmod)

/* The names of the personality routines that unwind entries refer to; nothing calls them. */
	.globl	__aeabi_unwind_cpp_pr0, __aeabi_unwind_cpp_pr1
	.text
__aeabi_unwind_cpp_pr0:
__aeabi_unwind_cpp_pr1:
	bx	lr
