/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Translation tables: the pool of first-level tables, the kernel's own second-level tables, and the
 * second-level tables of users, which come from a zone and go when their last entry does.
 *
 * The first-level tables fill the 2 MiB of RAM below the kernel; the kernel's is the first of them, and
 * every other one holds a copy of its upper quarter, which never changes after start-up.
 * Locking: a pmap's tables by its pm_mtx; the pool by l1_pool_lock.
 */
#include <sys/systm.h>
#include <sys/malloc.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/vm_page.h>
#include <vm/pmap.h>
#include <vm/uma.h>

#define KERNEL_L1_FIRST	(KERNBASE >> L1_S_SHIFT)
#define L1_IDX(va)	((va) >> L1_S_SHIFT)
#define L2_IDX(va)	(((va) >> L2_S_SHIFT) & (L2_ENTRIES - 1))
#define DTABLE_IDX(va)	((va) >> (L1_S_SHIFT + L2_BUCKET_LOG2))
#define BUCKET_IDX(va)	(((va) >> L1_S_SHIFT) & (L2_BUCKET_SIZE - 1))

struct pmap kernel_pmap_store;
vm_offset_t virtual_avail, virtual_end;
struct rwlock pvh_global_lock;

static struct mtx l1_pool_lock;
static uint8_t l1_free[L1_POOL_TABLES];		/* tables given back, their user part empty */
static u_int l1_free_count, l1_fresh = 1;	/* first table never used */
static uma_zone_t l2zone, l2table_zone;

/* Makes table entries visible to the table walk. */
void
pmap_pte_sync(pt_entry_t *ptep, u_int count)
{
	cpu_dcache_wb_range((vm_offset_t)ptep, count * sizeof(*ptep));
}

/* Takes the kernel's second-level tables at va, for KVA_BYTES from the next section on; returns what follows. */
vm_offset_t
pmap_bootstrap(vm_offset_t va, vm_size_t managed)
{
	pd_entry_t *l1 = (pd_entry_t *)KERNBASE;
	vm_offset_t end = va + KVA_BYTES / L1_S_SIZE * L2_TABLE_SIZE;

	mtx_init(&kernel_pmap->pm_mtx, "pmap", NULL, MTX_DEF | MTX_DUPOK);
	rw_init_flags(&pvh_global_lock, "pmap pv global", RW_RECURSE);
	kernel_pmap->pm_l1 = l1;
	kernel_pmap->pm_l1_pa = PHYSADDR;
	TAILQ_INIT(&kernel_pmap->pm_pvchunk);
	virtual_avail = roundup2(end + managed, (vm_offset_t)L1_S_SIZE);
	virtual_end = virtual_avail + KVA_BYTES;
	for (vm_offset_t v = virtual_avail; v < virtual_end; v += L1_S_SIZE, va += L2_TABLE_SIZE)
		l1[L1_IDX(v)] = (va - VA_MINUS_PA) | L1_TYPE_C;
	return (end);
}

/* Once kernel memory can be had, before UMA. */
void
pmap_init(void)
{
	mtx_init(&l1_pool_lock, "l1 pool", NULL, MTX_DEF);
	pmap_page_window_init();
}

void
pmap_init_zones(void)
{
	l2zone = uma_zcreate("L2 Table", L2_TABLE_SIZE, NULL, NULL, NULL, NULL, L2_TABLE_SIZE - 1, UMA_ZONE_VM);
	l2table_zone = uma_zcreate("L2 Dtable", sizeof(struct l2_dtable), NULL, NULL, NULL, NULL, UMA_ALIGN_PTR, UMA_ZONE_VM);
	pmap_pv_init();
}

/* An empty first-level table with the kernel's part in place; NULL if all are taken. */
pd_entry_t *
pmap_alloc_l1(void)
{
	pd_entry_t *l1;
	u_int table;

	mtx_lock(&l1_pool_lock);
	if (l1_free_count > 0)
		table = l1_free[--l1_free_count];
	else
		table = l1_fresh < L1_POOL_TABLES ? l1_fresh++ : 0;
	mtx_unlock(&l1_pool_lock);
	if (table == 0)
		return (NULL);
	l1 = (pd_entry_t *)(KERNBASE + table * L1_TABLE_SIZE);
	if (l1[KERNEL_L1_FIRST] == 0) {
		bcopy(kernel_pmap->pm_l1 + KERNEL_L1_FIRST, l1 + KERNEL_L1_FIRST,
		    (L1_ENTRIES - KERNEL_L1_FIRST) * sizeof(*l1));
		pmap_pte_sync(l1 + KERNEL_L1_FIRST, L1_ENTRIES - KERNEL_L1_FIRST);
	}
	return (l1);
}

void
pmap_free_l1(pd_entry_t *l1)
{
	mtx_lock(&l1_pool_lock);
	l1_free[l1_free_count++] = (uint8_t)(((vm_offset_t)l1 - KERNBASE) / L1_TABLE_SIZE);
	mtx_unlock(&l1_pool_lock);
}

/* Makes a zeroed pmap usable; 0 if there is no first-level table left. */
int
pmap_pinit(pmap_t pmap)
{
	pmap->pm_l1 = pmap_alloc_l1();
	if (pmap->pm_l1 == NULL)
		return (0);
	pmap->pm_l1_pa = (vm_paddr_t)pmap->pm_l1 - VA_MINUS_PA;
	mtx_init(&pmap->pm_mtx, "pmap", NULL, MTX_DEF | MTX_DUPOK);
	TAILQ_INIT(&pmap->pm_pvchunk);
	bzero(&pmap->pm_stats, sizeof(pmap->pm_stats));
	return (1);
}

/* Kernel threads run on the kernel's table: nothing of a user is mapped there. */
void
pmap_pinit0(pmap_t pmap)
{
	mtx_init(&pmap->pm_mtx, "pmap", NULL, MTX_DEF | MTX_DUPOK);
	TAILQ_INIT(&pmap->pm_pvchunk);
	pmap->pm_l1 = kernel_pmap->pm_l1;
	pmap->pm_l1_pa = kernel_pmap->pm_l1_pa;
}

/* Gives up an empty pmap's table. */
void
pmap_release(pmap_t pmap)
{
	KASSERT(pmap->pm_stats.resident_count == 0,
	    ("pmap_release: %ld pages are still mapped", pmap->pm_stats.resident_count));
	KASSERT(TAILQ_EMPTY(&pmap->pm_pvchunk), ("pmap_release: mappings are still recorded"));
	pmap_free_l1(pmap->pm_l1);
	mtx_destroy(&pmap->pm_mtx);
}

/* Changes to td's address space, at once if it is running. */
void
pmap_activate(struct thread *td)
{
	pmap_t pmap = vmspace_pmap(td->td_proc->p_vmspace);

	critical_enter();
	td->td_pcb->pcb_pagedir = pmap->pm_l1_pa;
	if (td == curthread)
		armv7_context_switch(pmap->pm_l1_pa);
	critical_exit();
}

/* Are the pmap's translations those in use? */
int
pmap_is_current(pmap_t pmap)
{
	return (pmap == kernel_pmap || pmap == vmspace_pmap(curproc->p_vmspace));
}

/* The second-level table for va, or NULL if there is none. */
struct l2_bucket *
pmap_get_l2_bucket(pmap_t pmap, vm_offset_t va)
{
	struct l2_dtable *l2 = pmap->pm_l2[DTABLE_IDX(va)];
	struct l2_bucket *l2b;

	if (l2 == NULL)
		return (NULL);
	l2b = &l2->l2_bucket[BUCKET_IDX(va)];
	return (l2b->l2b_kva == NULL ? NULL : l2b);
}

/* The same, made if missing; NULL without memory. */
struct l2_bucket *
pmap_alloc_l2_bucket(pmap_t pmap, vm_offset_t va)
{
	struct l2_dtable *l2 = pmap->pm_l2[DTABLE_IDX(va)];
	struct l2_bucket *l2b;
	pt_entry_t *ptep;

	if (l2 == NULL) {
		if ((l2 = uma_zalloc(l2table_zone, M_NOWAIT | M_ZERO)) == NULL)
			return (NULL);
		pmap->pm_l2[DTABLE_IDX(va)] = l2;
	}
	l2b = &l2->l2_bucket[BUCKET_IDX(va)];
	if (l2b->l2b_kva != NULL)
		return (l2b);
	if ((ptep = uma_zalloc(l2zone, M_NOWAIT | M_ZERO)) == NULL) {
		if (l2->l2_occupancy == 0) {
			pmap->pm_l2[DTABLE_IDX(va)] = NULL;
			uma_zfree(l2table_zone, l2);
		}
		return (NULL);
	}
	pmap_pte_sync(ptep, L2_ENTRIES);
	l2->l2_occupancy++;
	l2b->l2b_kva = ptep;
	l2b->l2b_phys = pmap_kextract((vm_offset_t)ptep);
	l2b->l2b_l1idx = L1_IDX(va);
	l2b->l2b_occupancy = 0;
	pmap->pm_l1[L1_IDX(va)] = l2b->l2b_phys | L1_TYPE_C;
	pmap_pte_sync(&pmap->pm_l1[L1_IDX(va)], 1);
	return (l2b);
}

/* count entries of l2b were cleared; an empty table goes. */
void
pmap_free_l2_bucket(pmap_t pmap, struct l2_bucket *l2b, u_int count)
{
	u_int idx = l2b->l2b_l1idx / L2_BUCKET_SIZE;
	struct l2_dtable *l2 = pmap->pm_l2[idx];

	l2b->l2b_occupancy -= count;
	if (l2b->l2b_occupancy > 0)
		return;
	pmap->pm_l1[l2b->l2b_l1idx] = L1_TYPE_INV;
	pmap_pte_sync(&pmap->pm_l1[l2b->l2b_l1idx], 1);
	if (pmap_is_current(pmap))
		cpu_tlb_flushID_SE((vm_offset_t)l2b->l2b_l1idx << L1_S_SHIFT);
	uma_zfree(l2zone, l2b->l2b_kva);
	l2b->l2b_kva = NULL;
	if (--l2->l2_occupancy == 0) {
		pmap->pm_l2[idx] = NULL;
		uma_zfree(l2table_zone, l2);
	}
}

/* The entry of a kernel address that is mapped by 4 KiB pages. */
pt_entry_t *
pmap_kernel_pte(vm_offset_t va)
{
	pd_entry_t l1 = kernel_pmap->pm_l1[L1_IDX(va)];

	KASSERT((l1 & L1_TYPE_MASK) == L1_TYPE_C, ("pmap_kernel_pte: no page table for %#x", va));
	return ((pt_entry_t *)((l1 & L1_C_ADDR_MASK) + VA_MINUS_PA) + L2_IDX(va));
}

/* The physical address behind a kernel address, 0 if there is none. */
vm_paddr_t
pmap_kextract(vm_offset_t va)
{
	pd_entry_t l1 = kernel_pmap->pm_l1[L1_IDX(va)];
	pt_entry_t pte;

	if ((l1 & L1_TYPE_MASK) == L1_TYPE_S)
		return ((l1 & L1_S_FRAME) | (va & L1_S_OFFSET));
	if ((l1 & L1_TYPE_MASK) != L1_TYPE_C)
		return (0);
	pte = *pmap_kernel_pte(va);
	return ((pte & L2_TYPE_S) ? (pte & L2_S_FRAME) | (va & PAGE_MASK) : 0);
}

void
pmap_kenter_pte(vm_offset_t va, pt_entry_t pte)
{
	pt_entry_t *ptep = pmap_kernel_pte(va), old = *ptep;

	*ptep = pte;
	pmap_pte_sync(ptep, 1);
	if (old != 0)
		cpu_tlb_flushID_SE(va);
}

void
pmap_kenter(vm_offset_t va, vm_paddr_t pa)
{
	pmap_kenter_pte(va, pa | L2_TYPE_S | L2_S_CACHE | L2_AP0 | L2_XN);
}

void
pmap_kenter_ro(vm_offset_t va, vm_paddr_t pa)
{
	pmap_kenter_pte(va, pa | L2_TYPE_S | L2_S_CACHE | L2_AP0 | L2_APX | L2_XN);
}

void
pmap_kremove(vm_offset_t va)
{
	pmap_kenter_pte(va, 0);
}

void
pmap_qenter(vm_offset_t va, vm_page_t *m, int count)
{
	for (int i = 0; i < count; i++)
		pmap_kenter(va + i * PAGE_SIZE, VM_PAGE_TO_PHYS(m[i]));
}

void
pmap_qremove(vm_offset_t va, int count)
{
	for (int i = 0; i < count; i++)
		pmap_kremove(va + i * PAGE_SIZE);
}

/* The physical address behind a user's address, 0 if there is none. */
vm_paddr_t
pmap_extract(pmap_t pmap, vm_offset_t va)
{
	struct l2_bucket *l2b;
	vm_paddr_t pa = 0;

	if (pmap == kernel_pmap || va >= VM_MAXUSER_ADDRESS)
		return (pmap_kextract(va));
	PMAP_LOCK(pmap);
	l2b = pmap_get_l2_bucket(pmap, va);
	if (l2b != NULL && l2b->l2b_kva[L2_IDX(va)] != 0)
		pa = (l2b->l2b_kva[L2_IDX(va)] & L2_S_FRAME) | (va & PAGE_MASK);
	PMAP_UNLOCK(pmap);
	return (pa);
}

/* Device registers and the mailbox are mapped by sections at start-up; NULL for anything else. */
void *
pmap_mapdev(vm_paddr_t pa, vm_size_t size)
{
	vm_offset_t va = pa + DEVMAP_OFFSET;

	return (pmap_kextract(va) == pa ? (void *)va : NULL);
}
