/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Copying between the kernel and a user's address space.
 *
 * Every user address is checked against VM_MAXUSER_ADDRESS; pcb_onfault then names where abort_handler()
 * sends the thread when the access cannot be made good.  fp points at copyin's and copyout's own frame
 * there, because memcpy() leaves it alone.
 */
#include <machine/asm.h>
#include <machine/asmoffsets.h>
#include <machine/pcb.h>
#include <machine/vmparam.h>
#include <sys/errno.h>

.macro GET_PCB reg
	ldr	\reg, =__pcpu
	ldr	\reg, [\reg, #PC_CURPCB]
.endm

/* EFAULT in r0 and out, unless addr .. addr + len lies below the kernel. */
.macro CHECK_RANGE addr, len, bad
	adds	r3, \addr, \len
	bcs	\bad
	cmp	r3, #VM_MAXUSER_ADDRESS
	bhi	\bad
.endm

/* int copyin(const void *uaddr, void *kaddr, size_t len) */
ENTRY(copyin)
	push	{r3-r10, fp, lr}
	.save	{r3-r10, fp, lr}
	.setfp	fp, sp, #32
	add	fp, sp, #32
	CHECK_RANGE r0, r2, copyfault_return
	GET_PCB	r4
	ldr	r5, =copyfault
	str	r5, [r4, #PCB_ONFAULT]
	mov	r3, r0
	mov	r0, r1
	mov	r1, r3
	bl	memcpy
	b	copy_done
END(copyin)

/* int copyout(const void *kaddr, void *uaddr, size_t len) */
ENTRY(copyout)
	push	{r3-r10, fp, lr}
	.save	{r3-r10, fp, lr}
	.setfp	fp, sp, #32
	add	fp, sp, #32
	CHECK_RANGE r1, r2, copyfault_return
	GET_PCB	r4
	ldr	r5, =copyfault
	str	r5, [r4, #PCB_ONFAULT]
	mov	r3, r0
	mov	r0, r1
	mov	r1, r3
	bl	memcpy
	b	copy_done
END(copyout)

ENTRY(copy_done)
	mov	r0, #0
	GET_PCB	r4
	str	r0, [r4, #PCB_ONFAULT]
	sub	sp, fp, #32
	pop	{r3-r10, fp, pc}
	.ltorg
END_NOUNWIND(copy_done)

/* A fault during the copy: pcb_onfault is cleared, the deeper frame forgotten. */
ENTRY(copyfault)
	mov	r0, #0
	GET_PCB	r4
	str	r0, [r4, #PCB_ONFAULT]
copyfault_return:
	mov	r0, #EFAULT
	sub	sp, fp, #32
	pop	{r3-r10, fp, pc}
	.ltorg
END_NOUNWIND(copyfault)

/* int copyinstr(const void *uaddr, void *kaddr, size_t len, size_t *done): done counts the NUL. */
ENTRY(copyinstr)
	push	{r4-r8, lr}
	.save	{r4-r8, lr}
	GET_PCB	r4
	ldr	r5, =copystrfault
	str	r5, [r4, #PCB_ONFAULT]
	mov	r7, r0				/* start */
	mov	r8, r3				/* done */
	mov	r6, #EFAULT
1:	subs	r2, r2, #1
	movlo	r6, #ENAMETOOLONG
	blo	2f
	cmp	r0, #VM_MAXUSER_ADDRESS
	bhs	2f
	ldrb	r5, [r0], #1
	strb	r5, [r1], #1
	cmp	r5, #0
	bne	1b
	mov	r6, #0
2:	sub	r7, r0, r7
	cmp	r8, #0
	strne	r7, [r8]
	mov	r0, #0
	str	r0, [r4, #PCB_ONFAULT]
	mov	r0, r6
	pop	{r4-r8, pc}
copystrfault:
	mov	r0, #0
	str	r0, [r4, #PCB_ONFAULT]
	mov	r0, #EFAULT
	pop	{r4-r8, pc}
	.ltorg
END(copyinstr)

/* int copystr(const void *from, void *to, size_t len, size_t *done): kernel to kernel. */
ENTRY(copystr)
	push	{r4, r5, fp, lr}
	.save	{r4, r5, fp, lr}
	mov	r5, r0
1:	subs	r2, r2, #1
	blo	2f
	ldrb	r4, [r0], #1
	strb	r4, [r1], #1
	cmp	r4, #0
	bne	1b
	mov	r4, #0
	b	3f
2:	mov	r4, #ENAMETOOLONG
3:	sub	r5, r0, r5
	cmp	r3, #0
	strne	r5, [r3]
	mov	r0, r4
	pop	{r4, r5, fp, pc}
END(copystr)

/* int32_t fuword32(const void *uaddr): -1 on a fault; fueword32 tells a fault from a stored -1. */
	.globl	fuword, suword
	.set	fuword, fuword32
	.set	suword, suword32
ENTRY(fuword32)
	mov	r1, #4
	CHECK_RANGE r0, r1, fusufault_return
	GET_PCB	r2
	ldr	r3, =fusufault
	str	r3, [r2, #PCB_ONFAULT]
	ldr	r0, [r0]
	mov	r1, #0
	str	r1, [r2, #PCB_ONFAULT]
	bx	lr
END(fuword32)

ENTRY(fueword32)
	mov	r12, #4
	CHECK_RANGE r0, r12, fusufault_return
	GET_PCB	r2
	ldr	r3, =fusufault
	str	r3, [r2, #PCB_ONFAULT]
	ldr	r3, [r0]
	mov	r0, #0
	str	r0, [r2, #PCB_ONFAULT]
	str	r3, [r1]
	bx	lr
END(fueword32)

/* int fubyte(const void *uaddr): the byte, or -1. */
ENTRY(fubyte)
	mov	r1, #1
	CHECK_RANGE r0, r1, fusufault_return
	GET_PCB	r2
	ldr	r3, =fusufault
	str	r3, [r2, #PCB_ONFAULT]
	ldrb	r0, [r0]
	mov	r1, #0
	str	r1, [r2, #PCB_ONFAULT]
	bx	lr
END(fubyte)

/* int suword32(void *uaddr, int32_t word): 0, or -1 on a fault. */
ENTRY(suword32)
	mov	r12, #4
	CHECK_RANGE r0, r12, fusufault_return
	GET_PCB	r2
	ldr	r3, =fusufault
	str	r3, [r2, #PCB_ONFAULT]
	str	r1, [r0]
	mov	r0, #0
	str	r0, [r2, #PCB_ONFAULT]
	bx	lr
END(suword32)

/* int subyte(void *uaddr, int byte): 0, or -1 on a fault. */
ENTRY(subyte)
	mov	r12, #1
	CHECK_RANGE r0, r12, fusufault_return
	GET_PCB	r2
	ldr	r3, =fusufault
	str	r3, [r2, #PCB_ONFAULT]
	strb	r1, [r0]
	mov	r0, #0
	str	r0, [r2, #PCB_ONFAULT]
	bx	lr
END(subyte)

/* The common way out of the small fetches and stores, which keep no frame. */
ENTRY(fusufault)
	GET_PCB	r2
	mov	r1, #0
	str	r1, [r2, #PCB_ONFAULT]
fusufault_return:
	mvn	r0, #0
	bx	lr
	.ltorg
END(fusufault)
