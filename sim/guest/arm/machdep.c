/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * initarm(): from locore's few mapped megabytes to a machine that mi_startup() can run on.  Also spin-lock
 * sections, which belong to the machine because they mask interrupts.
 */
#include <sys/systm.h>
#include <sys/kenv.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <machine/cpu.h>
#include <machine/intr.h>
#include <machine/machdep.h>
#include <vm/vm.h>
#include <vm/vm_page.h>
#include <vm/pmap.h>

#define EXCEPTION_STACK_BYTES	64	/* PUSHFRAMEINSVC needs four words */

struct pcpu __pcpu;
struct bootinfo bootinfo;
char *kern_envp;
u_long physmem;

static uint64_t exception_stacks[3][EXCEPTION_STACK_BYTES / sizeof(uint64_t)];
static vm_offset_t boot_va;		/* next boot-time allocation */

/* First physical megabyte and number of megabytes of every stretch of device registers. */
static const struct {
	vm_paddr_t	pa;
	u_int		sections;
} devmap[] = { { 0x44e00000, 1 }, { 0x48000000, 4 }, { 0x4f000000, 1 } };

extern char vectors_start[], vectors_end[];

void
initarm_map_sections(vm_offset_t va, vm_paddr_t pa, u_int count, u_int attributes)
{
	pd_entry_t *l1 = (pd_entry_t *)KERNBASE;

	for (u_int i = 0; i < count; i++)
		l1[(va >> L1_S_SHIFT) + i] = (pa + i * L1_S_SIZE) | L1_TYPE_S | L1_S_AP_KRW | attributes;
}

/* Page-aligned memory that is never freed. */
vm_offset_t
initarm_alloc(vm_size_t size)
{
	vm_offset_t va = boot_va;

	boot_va += round_page(size);
	return (va);
}

/* Exception vectors at 0xffff0000, a page of their own. */
void
initarm_vectors(void)
{
	pt_entry_t *l2 = (pt_entry_t *)initarm_alloc(L2_TABLE_SIZE);
	vm_offset_t page = initarm_alloc(PAGE_SIZE);

	memcpy((void *)page, vectors_start, vectors_end - vectors_start);
	l2[(ARM_VECTORS_HIGH >> L2_S_SHIFT) & (L2_ENTRIES - 1)] = (page - VA_MINUS_PA) | L2_TYPE_S | L2_S_CACHE |
	    L2_AP0 | L2_APX;
	((pd_entry_t *)KERNBASE)[ARM_VECTORS_HIGH >> L1_S_SHIFT] = ((vm_offset_t)l2 - VA_MINUS_PA) | L1_TYPE_C;
	set_stackptr(PSR_IRQ32_MODE, (vm_offset_t)(exception_stacks[0] + nitems(exception_stacks[0])));
	set_stackptr(PSR_ABT32_MODE, (vm_offset_t)(exception_stacks[1] + nitems(exception_stacks[1])));
	set_stackptr(PSR_UND32_MODE, (vm_offset_t)(exception_stacks[2] + nitems(exception_stacks[2])));
}

/* The thread that is running now: its stack becomes thread0's. */
void
initarm_thread0(void)
{
	struct thread *td = &thread0;

	td->td_proc = &proc0;
	td->td_kstack = initarm_alloc(KSTACK_PAGES * PAGE_SIZE);
	td->td_kstack_pages = KSTACK_PAGES;
	cpu_thread_alloc(td);
	td->td_pcb->pcb_pagedir = PHYSADDR;
	td->td_frame->tf_spsr = PSR_USR32_MODE;
	PCPU_SET(curthread, td);
	PCPU_SET(curpcb, td->td_pcb);
}

/* Kernel tables, vectors, page array, all behind what the loader placed; mapped by sections first. */
void
initarm_memory(void)
{
	vm_paddr_t start = bootinfo.bi_ram, end = start + bootinfo.bi_ram_bytes;
	vm_size_t managed = atop(bootinfo.bi_ram_bytes) * (sizeof(struct vm_page) + sizeof(u_int)) + 64 * PAGE_SIZE;
	u_int sections;

	boot_va = round_page(PHYS_TO_KVA(bootinfo.bi_free));
	sections = howmany(boot_va - KERNBASE + managed + KVA_BYTES / L1_S_SIZE * L2_TABLE_SIZE, L1_S_SIZE);
	initarm_map_sections(KERNBASE, PHYSADDR, sections, L1_S_CACHE);
	initarm_map_sections(MAILBOX_KVA, bootinfo.bi_mailbox, howmany(bootinfo.bi_mailbox_bytes, L1_S_SIZE),
	    L1_S_CACHE | L1_S_XN);
	for (u_int i = 0; i < nitems(devmap); i++)
		initarm_map_sections(devmap[i].pa + DEVMAP_OFFSET, devmap[i].pa, devmap[i].sections, L1_S_DEVICE);
	initarm_vectors();
	initarm_thread0();
	boot_va = pmap_bootstrap(boot_va, managed);
	((pd_entry_t *)KERNBASE)[(KERNVIRTADDR - VA_MINUS_PA) >> L1_S_SHIFT] = L1_TYPE_INV;	/* locore's own mapping */
	pmap_pte_sync((pt_entry_t *)KERNBASE, L1_ENTRIES);
	cpu_tlb_flushID();
	physmem = atop(bootinfo.bi_ram_bytes);
	boot_va = round_page(vm_page_startup(boot_va, start, end));
	vm_page_startup_free(boot_va - VA_MINUS_PA, end);
}

/* Called once by locore; returns where thread0's stack begins. */
void *
initarm(vm_paddr_t bootinfo_pa)
{
	bootinfo = *(struct bootinfo *)PHYS_TO_KVA(bootinfo_pa);
	kern_envp = (char *)PHYS_TO_KVA(bootinfo.bi_envp);
	initarm_memory();
	uart_init();
	intc_init();
	dmtimer_init();
	if (bootinfo.bi_magic != BOOTINFO_MAGIC || bootinfo.bi_size != sizeof(struct bootinfo))
		panic("initarm: bad bootinfo at %#x: magic %#x, size %u", bootinfo_pa, bootinfo.bi_magic, bootinfo.bi_size);
	kenv_init(kern_envp);
	return (thread0.td_frame);
}

/* No interrupts until the matching spinlock_exit(). */
void
spinlock_enter(void)
{
	struct thread *td = curthread;
	register_t cspr;

	if (td->td_md.md_spinlock_count == 0) {
		cspr = disable_interrupts(PSR_I | PSR_F);
		td->td_md.md_spinlock_count = 1;
		td->td_md.md_saved_cspr = cspr;
	} else
		td->td_md.md_spinlock_count++;
	critical_enter();
}

void
spinlock_exit(void)
{
	struct thread *td = curthread;
	register_t cspr = td->td_md.md_saved_cspr;

	critical_exit();
	if (--td->td_md.md_spinlock_count == 0)
		restore_interrupts(cspr);
}
