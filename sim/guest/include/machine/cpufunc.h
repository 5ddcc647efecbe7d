/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions of arm/cpufunc.S: everything that touches coprocessor 15 or waits for interrupts.
 *
 * Ranges need no alignment; they are widened to whole cache lines.
 */
#ifndef MACHINE_CPUFUNC_H
#define MACHINE_CPUFUNC_H

#include <sys/types.h>
#include <machine/armreg.h>

void	armv7_dcache_wb_range(vm_offset_t va, vm_size_t size);
void	armv7_dcache_inv_range(vm_offset_t va, vm_size_t size);
void	armv7_dcache_wbinv_range(vm_offset_t va, vm_size_t size);
void	armv7_icache_sync_range(vm_offset_t va, vm_size_t size);
void	armv7_idcache_wbinv_range(vm_offset_t va, vm_size_t size);
void	armv7_tlb_flushID(void);
void	armv7_tlb_flushID_SE(vm_offset_t va);	/* one 4 KiB page */
void	armv7_context_switch(vm_paddr_t ttb);	/* writes TTBR0, flushes the TLB */
void	armv7_cpu_sleep(void);			/* waits for an interrupt */
void	armv7_drain_writebuf(void);
u_int	cp15_dfsr_get(void);
u_int	cp15_dfar_get(void);
u_int	cp15_ifsr_get(void);
u_int	cp15_ifar_get(void);
void	cp15_tpidruro_set(uintptr_t val);
uintptr_t cp15_tpidruro_get(void);
void	set_stackptr(u_int mode, vm_offset_t sp);	/* of a banked mode */

#define cpu_dcache_wb_range(va, len)	armv7_dcache_wb_range((va), (len))
#define cpu_dcache_wbinv_range(va, len)	armv7_dcache_wbinv_range((va), (len))
#define cpu_icache_sync_range(va, len)	armv7_icache_sync_range((va), (len))
#define cpu_idcache_wbinv_range(va, len)	armv7_idcache_wbinv_range((va), (len))
#define cpu_tlb_flushID()		armv7_tlb_flushID()
#define cpu_tlb_flushID_SE(va)		armv7_tlb_flushID_SE(va)
#define cpu_sleep(mode)			armv7_cpu_sleep()

static __always_inline register_t
get_cpsr(void)
{
	register_t v;

	__asm __volatile("mrs %0, cpsr" : "=r" (v) : : "memory");
	return (v);
}

/* Masks IRQ and FIQ; returns the CPSR to give back to restore_interrupts(). */
static __always_inline register_t
disable_interrupts(u_int mask)
{
	register_t old, tmp;

	__asm __volatile("mrs %0, cpsr\n orr %1, %0, %2\n msr cpsr_c, %1"
	    : "=&r" (old), "=&r" (tmp) : "r" (mask & (PSR_I | PSR_F)) : "memory");
	return (old);
}

static __always_inline void
restore_interrupts(register_t old)
{
	__asm __volatile("msr cpsr_c, %0" : : "r" (old) : "memory");
}

static __always_inline void
enable_interrupts(u_int mask)
{
	register_t tmp;

	__asm __volatile("mrs %0, cpsr\n bic %0, %0, %1\n msr cpsr_c, %0"
	    : "=&r" (tmp) : "r" (mask & (PSR_I | PSR_F)) : "memory");
}

#define intr_disable()		disable_interrupts(PSR_I | PSR_F)
#define intr_restore(old)	restore_interrupts(old)

#endif
