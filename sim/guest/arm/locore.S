/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Entry from the loader: MMU off, SVC mode, interrupts masked, r2 = physical address of struct bootinfo.
 *
 * Builds a first-level table of 1 MiB sections at the start of RAM (the kernel keeps it), turns the MMU
 * and the caches on, jumps to the high addresses and calls initarm(bootinfo).  RAM is zero at power-on,
 * so neither the table nor .bss is cleared here.
 */
#include <machine/asm.h>
#include <machine/armreg.h>
#include <machine/pte.h>
#include <machine/vmparam.h>

#define BOOT_SECTIONS	48		/* MiB mapped before initarm() maps the rest */

ENTRY(_start)
	mov	r8, r2
	ldr	r0, =PHYSADDR			/* the table */
	ldr	r1, =(L1_TYPE_S | L1_S_CACHE | L1_S_AP_KRW)
	orr	r1, r1, #PHYSADDR		/* first section's descriptor */

	/* The section this code runs in, at its physical address. */
	add	r2, r1, #(KERNVIRTADDR - KERNBASE)
	ldr	r3, =((PHYSADDR + KERNVIRTADDR - KERNBASE) >> 18)
	str	r2, [r0, r3]

	/* RAM at KERNBASE. */
	add	r3, r0, #(KERNBASE >> 18)
	mov	r4, #BOOT_SECTIONS
1:	str	r1, [r3], #4
	add	r1, r1, #L1_S_SIZE
	subs	r4, r4, #1
	bne	1b

	mcr	p15, 0, r0, c2, c0, 0		/* TTBR0 */
	mov	r1, #0
	mcr	p15, 0, r1, c2, c0, 2		/* TTBCR: TTBR0 only */
	mcr	p15, 0, r1, c8, c7, 0		/* invalidate TLB */
	mov	r1, #DOMAIN_CLIENT
	mcr	p15, 0, r1, c3, c0, 0		/* DACR */
	ldr	r2, =(CPU_CONTROL_MMU_ENABLE | CPU_CONTROL_DC_ENABLE | CPU_CONTROL_BPRD_ENABLE | \
		    CPU_CONTROL_IC_ENABLE | CPU_CONTROL_VECRELOC)
	mrc	p15, 0, r1, c1, c0, 0
	orr	r1, r1, r2
	bic	r1, r1, #CPU_CONTROL_AFLT_ENABLE
	mcr	p15, 0, r1, c1, c0, 0		/* SCTLR */
	isb
	ldr	pc, =mmu_on
END_NOUNWIND(_start)

ENTRY(mmu_on)
	ldr	sp, =bootstack_top
	mov	r0, r8
	mov	fp, #0
	mov	lr, #0
	bl	initarm
	mov	sp, r0				/* thread0's stack */
	mov	fp, #0
	bl	mi_startup
1:	b	1b
	.ltorg
END_NOUNWIND(mmu_on)

	.bss
	.align	3
bootstack:
	.space	8192
bootstack_top:
