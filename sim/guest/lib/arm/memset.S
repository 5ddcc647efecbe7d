/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * memset: eight words a store once the destination is aligned, as a libc of 2015 does on ARM.
 * The EABI's variants, which the compiler calls, take (pointer, length, value) and share the body.
 */
#include "asm.h"

	.syntax	unified

ENTRY(__aeabi_memclr)
	mov	r2, r1
	mov	r1, #0
	b	memset_body
END(__aeabi_memclr)
	.globl	__aeabi_memclr4, __aeabi_memclr8
	.set	__aeabi_memclr4, __aeabi_memclr
	.set	__aeabi_memclr8, __aeabi_memclr

ENTRY(__aeabi_memset)
	mov	r3, r1
	mov	r1, r2
	mov	r2, r3
	b	memset_body
END(__aeabi_memset)
	.globl	__aeabi_memset4, __aeabi_memset8
	.set	__aeabi_memset4, __aeabi_memset
	.set	__aeabi_memset8, __aeabi_memset

ENTRY(memset)
memset_body:
	mov	ip, r0			/* r0 is also the result */
	and	r1, r1, #0xff
	orr	r1, r1, r1, lsl #8
	orr	r1, r1, r1, lsl #16
1:	tst	ip, #3			/* bytes up to a word boundary */
	beq	2f
	subs	r2, r2, #1
	bxlo	lr
	strb	r1, [ip], #1
	b	1b
2:	subs	r2, r2, #32
	blo	4f
	push	{r4-r9}
	mov	r3, r1
	mov	r4, r1
	mov	r5, r1
	mov	r6, r1
	mov	r7, r1
	mov	r8, r1
	mov	r9, r1
3:	stmia	ip!, {r1, r3-r9}
	subs	r2, r2, #32
	bhs	3b
	pop	{r4-r9}
4:	adds	r2, r2, #32 - 4		/* words */
	bmi	6f
5:	str	r1, [ip], #4
	subs	r2, r2, #4
	bpl	5b
6:	adds	r2, r2, #4		/* the last bytes */
	bxeq	lr
7:	strb	r1, [ip], #1
	subs	r2, r2, #1
	bne	7b
	bx	lr
END(memset)
