/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plain copying and filling, eight registers at a time.
 *
 * memcpy() and bzero() leave fp (r11) alone: copyin() and copyout() find their own frame by it after a
 * fault in the middle of a copy.  Unaligned word loads are fine (SCTLR.A is clear); LDM and STM are
 * only used on aligned addresses.
 */
#include <machine/asm.h>

/* void *memcpy(void *dst, const void *src, size_t len): no overlap. */
ENTRY(memcpy)
	push	{r0, r4-r10, lr}
	.save	{r0, r4-r10, lr}
	cmp	r2, #16
	blo	.Lcopy_bytes
.Lcopy_align:
	tst	r0, #3
	beq	.Lcopy_aligned
	ldrb	r3, [r1], #1
	strb	r3, [r0], #1
	sub	r2, r2, #1
	b	.Lcopy_align
.Lcopy_aligned:
	tst	r1, #3
	bne	.Lcopy_skewed
	subs	r2, r2, #32
	blo	.Lcopy_words
.Lcopy_32:
	ldmia	r1!, {r3-r10}
	stmia	r0!, {r3-r10}
	subs	r2, r2, #32
	bhs	.Lcopy_32
.Lcopy_words:
	add	r2, r2, #32
.Lcopy_4:
	subs	r2, r2, #4
	ldrhs	r3, [r1], #4
	strhs	r3, [r0], #4
	bhs	.Lcopy_4
	add	r2, r2, #4
.Lcopy_bytes:
	subs	r2, r2, #1
	ldrbhs	r3, [r1], #1
	strbhs	r3, [r0], #1
	bhs	.Lcopy_bytes
	pop	{r0, r4-r10, pc}
.Lcopy_skewed:
	subs	r2, r2, #16
	blo	.Lcopy_skewed_end
.Lcopy_16:
	ldr	r3, [r1], #4
	ldr	r4, [r1], #4
	ldr	r5, [r1], #4
	ldr	r6, [r1], #4
	stmia	r0!, {r3-r6}
	subs	r2, r2, #16
	bhs	.Lcopy_16
.Lcopy_skewed_end:
	add	r2, r2, #16
	b	.Lcopy_bytes
END(memcpy)

/* void *memmove(void *dst, const void *src, size_t len): overlap allowed. */
ENTRY(memmove)
	push	{r0, lr}
	.save	{r0, lr}
	sub	r3, r0, r1
	cmp	r3, r2
	blo	.Lmove_down			/* src < dst < src + len */
	bl	memcpy
	pop	{r0, pc}
.Lmove_down:
	cmp	r3, #0
	popeq	{r0, pc}
	add	r0, r0, r2
	add	r1, r1, r2
	orr	r3, r0, r1
	tst	r3, #3
	bne	.Lmove_bytes
.Lmove_words:
	subs	r2, r2, #4
	ldrhs	r3, [r1, #-4]!
	strhs	r3, [r0, #-4]!
	bhs	.Lmove_words
	add	r2, r2, #4
.Lmove_bytes:
	subs	r2, r2, #1
	ldrbhs	r3, [r1, #-1]!
	strbhs	r3, [r0, #-1]!
	bhs	.Lmove_bytes
	pop	{r0, pc}
END(memmove)

/* void bcopy(const void *src, void *dst, size_t len): overlap allowed. */
ENTRY(bcopy)
	push	{fp, lr}
	.save	{fp, lr}
	mov	r3, r0
	mov	r0, r1
	mov	r1, r3
	bl	memmove
	pop	{fp, pc}
END(bcopy)

/* void bzero(void *buf, size_t len) */
ENTRY(bzero)
	push	{fp, lr}
	.save	{fp, lr}
	mov	r2, r1
	mov	r1, #0
	bl	memset
	pop	{fp, pc}
END(bzero)

/* void *memset(void *buf, int c, size_t len) */
ENTRY(memset)
	push	{r0, r4-r10, lr}
	.save	{r0, r4-r10, lr}
	and	r3, r1, #0xff
	orr	r3, r3, r3, lsl #8
	orr	r3, r3, r3, lsl #16
	cmp	r2, #16
	blo	.Lset_bytes
.Lset_align:
	tst	r0, #3
	beq	.Lset_aligned
	strb	r3, [r0], #1
	sub	r2, r2, #1
	b	.Lset_align
.Lset_aligned:
	mov	r4, r3
	mov	r5, r3
	mov	r6, r3
	mov	r7, r3
	mov	r8, r3
	mov	r9, r3
	mov	r10, r3
	subs	r2, r2, #32
	blo	.Lset_words
.Lset_32:
	stmia	r0!, {r3-r10}
	subs	r2, r2, #32
	bhs	.Lset_32
.Lset_words:
	add	r2, r2, #32
.Lset_4:
	subs	r2, r2, #4
	strhs	r3, [r0], #4
	bhs	.Lset_4
	add	r2, r2, #4
.Lset_bytes:
	subs	r2, r2, #1
	strbhs	r3, [r0], #1
	bhs	.Lset_bytes
	pop	{r0, r4-r10, pc}
END(memset)

/* void bzero_page(vm_offset_t page): 4 KiB. */
ENTRY(bzero_page)
	push	{r4-r10, lr}
	.save	{r4-r10, lr}
	add	r1, r0, #4096
	mov	r3, #0
	mov	r4, #0
	mov	r5, #0
	mov	r6, #0
	mov	r7, #0
	mov	r8, #0
	mov	r9, #0
	mov	r10, #0
1:	stmia	r0!, {r3-r10}
	stmia	r0!, {r3-r10}
	stmia	r0!, {r3-r10}
	stmia	r0!, {r3-r10}
	cmp	r0, r1
	blo	1b
	pop	{r4-r10, pc}
END(bzero_page)

/* void bcopy_page(vm_offset_t src, vm_offset_t dst): 4 KiB. */
ENTRY(bcopy_page)
	push	{r4-r10, lr}
	.save	{r4-r10, lr}
	add	r2, r0, #4096
1:	ldmia	r0!, {r3-r10}
	stmia	r1!, {r3-r10}
	ldmia	r0!, {r3-r10}
	stmia	r1!, {r3-r10}
	cmp	r0, r2
	blo	1b
	pop	{r4-r10, pc}
END(bcopy_page)

/* void __aeabi_memset(void *dst, size_t n, int c): the compiler's name, the last two the other way round. */
	.globl	__aeabi_memset4, __aeabi_memset8
	.set	__aeabi_memset4, __aeabi_memset
	.set	__aeabi_memset8, __aeabi_memset
ENTRY(__aeabi_memset)
	mov	r3, r1
	mov	r1, r2
	mov	r2, r3
	b	memset
END(__aeabi_memset)

/* More of the compiler's names; functions of their own, so that addresses in memcpy() are called that. */
.macro NAMED name, function
	.globl	\name\()4, \name\()8
	.set	\name\()4, \name
	.set	\name\()8, \name
ENTRY(\name)
	b	\function
END(\name)
.endm

	NAMED	__aeabi_memclr, bzero
	NAMED	__aeabi_memcpy, memcpy
	NAMED	__aeabi_memmove, memmove
