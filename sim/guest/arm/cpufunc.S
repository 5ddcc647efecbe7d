/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything that touches coprocessor 15: cache and TLB maintenance, fault registers, translation base,
 * waiting for interrupts (ARM Architecture Reference Manual ARMv7-A, B4).
 *
 * The emulated TLB has 1 KiB pages: one 4 KiB page takes four invalidations by address.
 */
#include <machine/asm.h>
#include <machine/armreg.h>

#define LINE	64

/* r0 = address, r1 = bytes -> r0 = first line, r1 = end. */
.macro LINES
	add	r1, r0, r1
	bic	r0, r0, #(LINE - 1)
.endm

ENTRY(armv7_dcache_wb_range)
	LINES
1:	mcr	p15, 0, r0, c7, c10, 1		/* DCCMVAC */
	add	r0, r0, #LINE
	cmp	r0, r1
	blo	1b
	dsb
	bx	lr
END(armv7_dcache_wb_range)

ENTRY(armv7_dcache_inv_range)
	LINES
1:	mcr	p15, 0, r0, c7, c6, 1		/* DCIMVAC */
	add	r0, r0, #LINE
	cmp	r0, r1
	blo	1b
	dsb
	bx	lr
END(armv7_dcache_inv_range)

ENTRY(armv7_dcache_wbinv_range)
	LINES
1:	mcr	p15, 0, r0, c7, c14, 1		/* DCCIMVAC */
	add	r0, r0, #LINE
	cmp	r0, r1
	blo	1b
	dsb
	bx	lr
END(armv7_dcache_wbinv_range)

/* Make what was written as data visible to instruction fetch. */
ENTRY(armv7_icache_sync_range)
	LINES
1:	mcr	p15, 0, r0, c7, c10, 1		/* DCCMVAC */
	mcr	p15, 0, r0, c7, c5, 1		/* ICIMVAU */
	add	r0, r0, #LINE
	cmp	r0, r1
	blo	1b
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 6		/* BPIALL */
	dsb
	isb
	bx	lr
END(armv7_icache_sync_range)

ENTRY(armv7_idcache_wbinv_range)
	LINES
1:	mcr	p15, 0, r0, c7, c5, 1
	mcr	p15, 0, r0, c7, c14, 1
	add	r0, r0, #LINE
	cmp	r0, r1
	blo	1b
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 6
	dsb
	isb
	bx	lr
END(armv7_idcache_wbinv_range)

ENTRY(armv7_tlb_flushID)
	mov	r0, #0
	dsb
	mcr	p15, 0, r0, c8, c7, 0		/* TLBIALL */
	mcr	p15, 0, r0, c7, c5, 6		/* BPIALL */
	dsb
	isb
	bx	lr
END(armv7_tlb_flushID)

ENTRY(armv7_tlb_flushID_SE)
	bic	r0, r0, #0xff0
	bic	r0, r0, #0x00f
	dsb
	mcr	p15, 0, r0, c8, c7, 1		/* TLBIMVA */
	add	r0, r0, #0x400
	mcr	p15, 0, r0, c8, c7, 1
	add	r0, r0, #0x400
	mcr	p15, 0, r0, c8, c7, 1
	add	r0, r0, #0x400
	mcr	p15, 0, r0, c8, c7, 1
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 6		/* BPIALL */
	dsb
	isb
	bx	lr
END(armv7_tlb_flushID_SE)

ENTRY(armv7_context_switch)
	dsb
	mcr	p15, 0, r0, c2, c0, 0		/* TTBR0 */
	isb
	mov	r0, #0
	mcr	p15, 0, r0, c8, c7, 0		/* TLBIALL: no address space numbers */
	mcr	p15, 0, r0, c7, c5, 6
	dsb
	isb
	bx	lr
END(armv7_context_switch)

ENTRY(armv7_drain_writebuf)
	dsb
	bx	lr
END(armv7_drain_writebuf)

ENTRY(armv7_cpu_sleep)
	dsb
	wfi
	bx	lr
END(armv7_cpu_sleep)

ENTRY(cp15_dfsr_get)
	mrc	p15, 0, r0, c5, c0, 0
	bx	lr
END(cp15_dfsr_get)

ENTRY(cp15_ifsr_get)
	mrc	p15, 0, r0, c5, c0, 1
	bx	lr
END(cp15_ifsr_get)

ENTRY(cp15_dfar_get)
	mrc	p15, 0, r0, c6, c0, 0
	bx	lr
END(cp15_dfar_get)

ENTRY(cp15_ifar_get)
	mrc	p15, 0, r0, c6, c0, 2
	bx	lr
END(cp15_ifar_get)

/* The performance monitor's registers. */
.macro	CP15_C9_SET name, crm, op2
ENTRY(\name)
	mcr	p15, 0, r0, c9, \crm, \op2
	bx	lr
END(\name)
.endm
.macro	CP15_C9_GET name, crm, op2
ENTRY(\name)
	mrc	p15, 0, r0, c9, \crm, \op2
	bx	lr
END(\name)
.endm
	CP15_C9_SET cp15_pmcr_set, c12, 0
	CP15_C9_SET cp15_pmcntenset_set, c12, 1
	CP15_C9_SET cp15_pmselr_set, c12, 5
	CP15_C9_SET cp15_pmxevtyper_set, c13, 1
	CP15_C9_GET cp15_pmccntr_get, c13, 0
	CP15_C9_GET cp15_pmxevcntr_get, c13, 2

ENTRY(cp15_tpidruro_set)
	mcr	p15, 0, r0, c13, c0, 3
	bx	lr
END(cp15_tpidruro_set)

ENTRY(cp15_tpidruro_get)
	mrc	p15, 0, r0, c13, c0, 3
	bx	lr
END(cp15_tpidruro_get)

/* void set_stackptr(u_int mode, vm_offset_t sp) */
ENTRY(set_stackptr)
	mrs	r3, cpsr
	bic	r2, r3, #PSR_MODE
	orr	r2, r2, r0
	msr	cpsr_c, r2
	mov	sp, r1
	msr	cpsr_c, r3
	bx	lr
END(set_stackptr)
