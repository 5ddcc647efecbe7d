/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mappings of users' pages: entering, removing, protecting, and finding out that a page was written.
 *
 * A page that may be written is mapped read-only until it is; the fault goes to pmap_fault_fixup(), which
 * notes it and opens the mapping.  Locking: pvh_global_lock (written) before pm_mtx.
 */
#include <sys/systm.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/vm_page.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>

#define L2_IDX(va)		(((va) >> L2_S_SHIFT) & (L2_ENTRIES - 1))
#define L2_NEXT_BUCKET(va)	(((va) & L1_S_FRAME) + L1_S_SIZE)
#define PMAP_FLUSH_ALL		8	/* from so many pages on the whole TLB is flushed */
#define L2_USER			(L2_TYPE_S | L2_S_CACHE | L2_AP0 | L2_AP1)

/* Takes a mapping off its page's list; the page learns what the mapping saw. */
void
pmap_remove_pv(pmap_t pmap, vm_page_t m, struct pv_entry *pve)
{
	TAILQ_REMOVE(&m->md.pv_list, pve, pv_list);
	m->md.pvh_attrs |= pve->pv_flags & (PVF_MOD | PVF_REF);
	if (pve->pv_flags & PVF_MOD)
		vm_page_dirty(m);
	if (TAILQ_EMPTY(&m->md.pv_list))
		m->aflags &= (uint8_t)~PGA_WRITEABLE;
	pmap_free_pv_entry(pmap, pve);
}

/* Clears one entry and forgets the mapping. */
void
pmap_remove_pte(pmap_t pmap, vm_offset_t va, pt_entry_t *ptep)
{
	vm_page_t m = PHYS_TO_VM_PAGE(*ptep & L2_S_FRAME);
	struct pv_entry *pve = m == NULL ? NULL : pmap_find_pv(&m->md, pmap, va);

	*ptep = 0;
	pmap_pte_sync(ptep, 1);
	pmap->pm_stats.resident_count--;
	if (pve != NULL)
		pmap_remove_pv(pmap, m, pve);
}

/* The entry for mapping m with prot, when the access that needs it is `access`. */
pt_entry_t
pmap_make_pte(vm_page_t m, vm_prot_t prot, u_int access)
{
	pt_entry_t pte = VM_PAGE_TO_PHYS(m) | L2_USER;

	if ((prot & VM_PROT_WRITE) == 0 || (access & VM_PROT_WRITE) == 0)
		pte |= L2_APX;
	if ((prot & VM_PROT_EXECUTE) == 0)
		pte |= L2_XN;
	return (pte);
}

/* Records the mapping of m at va: a new one, or new rights of the one there is. */
int
pmap_enter_pv(pmap_t pmap, vm_offset_t va, vm_page_t m, vm_prot_t prot, u_int access)
{
	struct pv_entry *pve = pmap_find_pv(&m->md, pmap, va);

	if (m->oflags & VPO_UNMANAGED)
		return (0);
	if (pve == NULL) {
		if ((pve = pmap_get_pv_entry(pmap)) == NULL)
			return (ENOMEM);
		pve->pv_va = va;
		pve->pv_flags = 0;
		TAILQ_INSERT_HEAD(&m->md.pv_list, pve, pv_list);
	}
	pve->pv_flags &= ~(PVF_WRITE | PVF_EXEC);
	pve->pv_flags |= PVF_REF;
	if (prot & VM_PROT_EXECUTE)
		pve->pv_flags |= PVF_EXEC;
	if (prot & VM_PROT_WRITE) {
		pve->pv_flags |= PVF_WRITE;
		m->aflags |= PGA_WRITEABLE;
		if (access & VM_PROT_WRITE)
			pve->pv_flags |= PVF_MOD;
	}
	m->md.pvh_attrs |= pve->pv_flags & (PVF_MOD | PVF_REF);
	return (0);
}

int
pmap_enter_locked(pmap_t pmap, vm_offset_t va, vm_page_t m, vm_prot_t prot, u_int flags)
{
	struct l2_bucket *l2b = pmap_alloc_l2_bucket(pmap, va);
	pt_entry_t *ptep, opte;

	if (l2b == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	ptep = &l2b->l2b_kva[L2_IDX(va)];
	opte = *ptep;
	if (opte != 0 && (opte & L2_S_FRAME) != VM_PAGE_TO_PHYS(m)) {
		pmap_remove_pte(pmap, va, ptep);
		l2b->l2b_occupancy--;
	}
	if (pmap_enter_pv(pmap, va, m, prot, flags) != 0) {
		if (l2b->l2b_occupancy == 0)
			pmap_free_l2_bucket(pmap, l2b, 0);
		if (opte != 0 && pmap_is_current(pmap))
			cpu_tlb_flushID_SE(va);
		return (KERN_RESOURCE_SHORTAGE);
	}
	if (*ptep == 0) {
		l2b->l2b_occupancy++;
		pmap->pm_stats.resident_count++;
	}
	*ptep = pmap_make_pte(m, prot, flags);
	pmap_pte_sync(ptep, 1);
	if (!pmap_is_current(pmap))
		return (KERN_SUCCESS);
	if (opte != 0)
		cpu_tlb_flushID_SE(va);
	cpu_icache_sync_range(va, PAGE_SIZE);	/* whatever the page is for, as FreeBSD's pmap-v6.c does */
	return (KERN_SUCCESS);
}

/* Maps m at va; flags say which access wants it.  KERN_RESOURCE_SHORTAGE without memory. */
int
pmap_enter(pmap_t pmap, vm_offset_t va, vm_page_t m, vm_prot_t prot, u_int flags)
{
	int rv;

	rw_wlock(&pvh_global_lock);
	PMAP_LOCK(pmap);
	rv = pmap_enter_locked(pmap, va, m, prot, flags);
	PMAP_UNLOCK(pmap);
	rw_wunlock(&pvh_global_lock);
	return (rv);
}

/* Unmaps what lies in one second-level table; returns how many pages. */
u_int
pmap_remove_bucket(pmap_t pmap, struct l2_bucket *l2b, vm_offset_t sva, vm_offset_t eva)
{
	bool flush = pmap_is_current(pmap) && atop(eva - sva) < PMAP_FLUSH_ALL;
	pt_entry_t *ptep = &l2b->l2b_kva[L2_IDX(sva)];
	u_int removed = 0;

	for (; sva < eva; sva += PAGE_SIZE, ptep++) {
		if (*ptep == 0)
			continue;
		pmap_remove_pte(pmap, sva, ptep);
		if (flush)
			cpu_tlb_flushID_SE(sva);
		removed++;
	}
	if (removed > 0)
		pmap_free_l2_bucket(pmap, l2b, removed);
	return (flush ? 0 : removed);
}

void
pmap_remove(pmap_t pmap, vm_offset_t sva, vm_offset_t eva)
{
	struct l2_bucket *l2b;
	vm_offset_t next;
	u_int unflushed = 0;

	rw_wlock(&pvh_global_lock);
	PMAP_LOCK(pmap);
	for (; pmap->pm_stats.resident_count > 0 && sva < eva; sva = next) {
		next = MIN(L2_NEXT_BUCKET(sva), eva);
		if ((l2b = pmap_get_l2_bucket(pmap, sva)) != NULL)
			unflushed += pmap_remove_bucket(pmap, l2b, sva, next);
	}
	if (unflushed > 0 && pmap_is_current(pmap))
		cpu_tlb_flushID();
	PMAP_UNLOCK(pmap);
	rw_wunlock(&pvh_global_lock);
}

/* Unmaps everything, for a process that ends or becomes another program. */
void
pmap_remove_pages(pmap_t pmap)
{
	struct pv_chunk *pc, *next;
	struct l2_bucket *l2b;
	vm_offset_t va;

	rw_wlock(&pvh_global_lock);
	PMAP_LOCK(pmap);
	for (pc = TAILQ_FIRST(&pmap->pm_pvchunk); pc != NULL; pc = next) {
		next = TAILQ_NEXT(pc, pc_list);
		for (u_int i = 0, left = PV_CHUNK_ENTRIES - pc->pc_free; left > 0; i++) {
			if (pc->pc_map[i / 32] & 1u << (i % 32))
				continue;
			left--;
			va = pc->pc_pventry[i].pv_va;
			l2b = pmap_get_l2_bucket(pmap, va);
			pmap_remove_pte(pmap, va, &l2b->l2b_kva[L2_IDX(va)]);
			pmap_free_l2_bucket(pmap, l2b, 1);
		}
	}
	if (pmap_is_current(pmap))
		cpu_tlb_flushID();
	PMAP_UNLOCK(pmap);
	rw_wunlock(&pvh_global_lock);
}

/* Unmaps m everywhere. */
void
pmap_remove_all(vm_page_t m)
{
	struct pv_entry *pve;
	struct l2_bucket *l2b;
	vm_offset_t va;
	pmap_t pmap;

	rw_wlock(&pvh_global_lock);
	while ((pve = TAILQ_FIRST(&m->md.pv_list)) != NULL) {
		pmap = pmap_of_pv(pve);
		va = pve->pv_va;
		PMAP_LOCK(pmap);
		l2b = pmap_get_l2_bucket(pmap, va);
		pmap_remove_pte(pmap, va, &l2b->l2b_kva[L2_IDX(va)]);
		pmap_free_l2_bucket(pmap, l2b, 1);
		if (pmap_is_current(pmap))
			cpu_tlb_flushID_SE(va);
		PMAP_UNLOCK(pmap);
	}
	rw_wunlock(&pvh_global_lock);
}

/* Takes write (and execute) rights from one mapping; nonzero if its entry changed. */
int
pmap_protect_pte(pmap_t pmap, vm_offset_t va, pt_entry_t *ptep, vm_prot_t prot)
{
	pt_entry_t npte = *ptep;
	struct pv_entry *pve;
	vm_page_t m;

	if ((prot & VM_PROT_EXECUTE) == 0)
		npte |= L2_XN;
	if ((prot & VM_PROT_WRITE) == 0) {
		npte |= L2_APX;
		m = PHYS_TO_VM_PAGE(npte & L2_S_FRAME);
		if ((pve = pmap_find_pv(&m->md, pmap, va)) != NULL)
			pve->pv_flags &= ~PVF_WRITE;
	}
	if (npte == *ptep)
		return (0);
	*ptep = npte;
	pmap_pte_sync(ptep, 1);
	return (1);
}

/* Reduces what sva..eva allows to prot; never adds rights, faults do that. */
void
pmap_protect(pmap_t pmap, vm_offset_t sva, vm_offset_t eva, vm_prot_t prot)
{
	struct l2_bucket *l2b;
	vm_offset_t next;
	u_int changed = 0;

	if ((prot & VM_PROT_READ) == 0) {
		pmap_remove(pmap, sva, eva);
		return;
	}
	rw_wlock(&pvh_global_lock);
	PMAP_LOCK(pmap);
	for (; sva < eva; sva = next) {
		next = MIN(L2_NEXT_BUCKET(sva), eva);
		if ((l2b = pmap_get_l2_bucket(pmap, sva)) == NULL)
			continue;
		for (; sva < next; sva += PAGE_SIZE)
			if (l2b->l2b_kva[L2_IDX(sva)] != 0)
				changed += pmap_protect_pte(pmap, sva, &l2b->l2b_kva[L2_IDX(sva)], prot);
	}
	if (changed > 0 && pmap_is_current(pmap))
		cpu_tlb_flushID();
	PMAP_UNLOCK(pmap);
	rw_wunlock(&pvh_global_lock);
}

/* Does the entry allow the access already, or after noting that the page is written?  Opens it if so. */
int
pmap_fixup_pte(pmap_t pmap, vm_offset_t va, pt_entry_t *ptep, vm_prot_t ftype)
{
	struct pv_entry *pve;
	vm_page_t m;

	if (*ptep == 0 || ((ftype & VM_PROT_EXECUTE) && (*ptep & L2_XN)))
		return (0);
	if ((ftype & VM_PROT_WRITE) && (*ptep & L2_APX)) {
		m = PHYS_TO_VM_PAGE(*ptep & L2_S_FRAME);
		pve = pmap_find_pv(&m->md, pmap, va);
		if (pve == NULL || (pve->pv_flags & PVF_WRITE) == 0)
			return (0);
		pve->pv_flags |= PVF_MOD | PVF_REF;
		m->md.pvh_attrs |= PVF_MOD | PVF_REF;
		vm_page_dirty(m);
		*ptep &= ~L2_APX;
		pmap_pte_sync(ptep, 1);
	}
	cpu_tlb_flushID_SE(va);
	return (1);
}

/* First stop of every page fault; nonzero if there is nothing left to do. */
int
pmap_fault_fixup(pmap_t pmap, vm_offset_t va, vm_prot_t ftype, int user)
{
	struct l2_bucket *l2b;
	int rv = 0;

	rw_wlock(&pvh_global_lock);
	PMAP_LOCK(pmap);
	l2b = pmap_get_l2_bucket(pmap, va);
	if (l2b != NULL)
		rv = pmap_fixup_pte(pmap, trunc_page(va), &l2b->l2b_kva[L2_IDX(va)], ftype);
	PMAP_UNLOCK(pmap);
	rw_wunlock(&pvh_global_lock);
	return (rv);
}
