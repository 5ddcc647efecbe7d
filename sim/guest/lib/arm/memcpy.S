/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * memcpy and memmove: eight words a load and store when both sides can be aligned together,
 * single bytes when they cannot.  memmove copies upwards unless the target overlaps from above.
 * The EABI's variants take the same arguments.
 */
#include "asm.h"

	.syntax	unified

ENTRY(memmove)
	subs	r3, r0, r1		/* target inside [source, source + length)? */
	bls	memcpy
	cmp	r3, r2
	bhs	memcpy
	add	r1, r1, r2
	add	ip, r0, r2
	orr	r3, r1, ip
	tst	r3, #3
	bne	3f
1:	subs	r2, r2, #4		/* words, downwards */
	blo	2f
	ldr	r3, [r1, #-4]!
	str	r3, [ip, #-4]!
	b	1b
2:	add	r2, r2, #4
3:	subs	r2, r2, #1		/* bytes, downwards */
	bxlo	lr
	ldrb	r3, [r1, #-1]!
	strb	r3, [ip, #-1]!
	b	3b
END(memmove)
	.globl	__aeabi_memmove, __aeabi_memmove4, __aeabi_memmove8
	.set	__aeabi_memmove, memmove
	.set	__aeabi_memmove4, memmove
	.set	__aeabi_memmove8, memmove

ENTRY(memcpy)
	mov	ip, r0			/* r0 is also the result */
	eor	r3, r0, r1
	tst	r3, #3
	bne	6f
1:	tst	ip, #3			/* bytes up to a word boundary */
	beq	2f
	subs	r2, r2, #1
	bxlo	lr
	ldrb	r3, [r1], #1
	strb	r3, [ip], #1
	b	1b
2:	subs	r2, r2, #32
	blo	4f
	push	{r4-r10}
3:	ldmia	r1!, {r3-r10}
	stmia	ip!, {r3-r10}
	subs	r2, r2, #32
	bhs	3b
	pop	{r4-r10}
4:	adds	r2, r2, #32 - 4		/* words */
	bmi	5f
	ldr	r3, [r1], #4
	str	r3, [ip], #4
	sub	r2, r2, #32
	b	4b
5:	add	r2, r2, #4
6:	subs	r2, r2, #1		/* the last bytes */
	bxlo	lr
	ldrb	r3, [r1], #1
	strb	r3, [ip], #1
	b	6b
END(memcpy)
	.globl	__aeabi_memcpy, __aeabi_memcpy4, __aeabi_memcpy8
	.set	__aeabi_memcpy, memcpy
	.set	__aeabi_memcpy4, memcpy
	.set	__aeabi_memcpy8, memcpy
