/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The virtual memory of threads and processes: kernel stacks, the memory part of fork and exit.
 *
 * A kernel stack has an unmapped page below it, so that running over faults instead of corrupting.
 */
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <machine/cpu.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_page.h>
#include <vm/pmap.h>

#define KSTACK_BYTES	((KSTACK_PAGES + KSTACK_GUARD_PAGES) * PAGE_SIZE)

/* Is addr .. addr + len the user's, mapped, and allowed for rw (VM_PROT_*)? */
int
useracc(void *addr, int len, int rw)
{
	vm_offset_t start = (vm_offset_t)addr, end = start + len;
	vm_map_t map = &curproc->p_vmspace->vm_map;
	int ok;

	if (end < start || end > VM_MAXUSER_ADDRESS)
		return (0);
	vm_map_lock_read(map);
	ok = vm_map_check_protection(map, trunc_page(start), round_page(end), (vm_prot_t)rw);
	vm_map_unlock_read(map);
	return (ok);
}

void
kstack_release(vm_page_t *ma, int n)
{
	while (n-- > 0) {
		vm_page_lock(ma[n]);
		vm_page_unwire(ma[n], 0);
		vm_page_free(ma[n]);
		vm_page_unlock(ma[n]);
	}
}

/* Gives td a kernel stack (the usual size if pages is 0); 0 without memory. */
int
vm_thread_new(struct thread *td, int pages)
{
	vm_page_t ma[KSTACK_PAGES];
	vm_offset_t ks = kva_alloc(KSTACK_BYTES);
	int i;

	if (ks == 0)
		return (0);
	for (i = 0; i < KSTACK_PAGES; i++) {
		ma[i] = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ | VM_ALLOC_WIRED | VM_ALLOC_SYSTEM);
		if (ma[i] == NULL) {
			kstack_release(ma, i);
			kva_free(ks, KSTACK_BYTES);
			return (0);
		}
	}
	td->td_kstack = ks + KSTACK_GUARD_PAGES * PAGE_SIZE;
	td->td_kstack_pages = KSTACK_PAGES;
	td->td_kstack_obj = NULL;
	pmap_qenter(td->td_kstack, ma, KSTACK_PAGES);
	return (1);
}

void
vm_thread_dispose(struct thread *td)
{
	vm_page_t ma[KSTACK_PAGES];

	for (int i = 0; i < KSTACK_PAGES; i++)
		ma[i] = PHYS_TO_VM_PAGE(pmap_kextract(td->td_kstack + i * PAGE_SIZE));
	pmap_qremove(td->td_kstack, KSTACK_PAGES);
	kstack_release(ma, KSTACK_PAGES);
	kva_free(td->td_kstack - KSTACK_GUARD_PAGES * PAGE_SIZE, KSTACK_BYTES);
	td->td_kstack = 0;
}

/* The new process gets vm2, or shares its parent's memory (RFMEM), and registers to start with. */
int
vm_forkproc(struct thread *td, struct proc *p2, struct thread *td2, struct vmspace *vm2, int flags)
{
	if (flags & RFMEM) {
		p2->p_vmspace = td->td_proc->p_vmspace;
		atomic_add_int(&p2->p_vmspace->vm_refcnt, 1);
	} else
		p2->p_vmspace = vm2;
	cpu_fork(td, p2, td2, flags);
	return (0);
}

/* The process is reaped: it still held a reference on vmspace0. */
void
vm_waitproc(struct proc *p)
{
	vmspace_free(p->p_vmspace);
	p->p_vmspace = NULL;
}
