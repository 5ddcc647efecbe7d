/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Page faults: find the page the map wants at an address, make it if need be (zero-fill, file page, copy on
 * write), map it.
 *
 * Locking, in order: the map's sx (shared), the first object's rwlock, objects behind it one after the
 * other; each is dropped while a page is mapped, the page being busy meanwhile.
 *
 * FreeBSD's vm_fault_hold() is one function; the steps of ours are inlined into it, so that stacks are as deep.
 */
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sdt.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/uma.h>

SDT_PROBE_DEFINE1(vminfo, , vm_fault_hold, as_fault, "int");
SDT_PROBE_DEFINE1(vminfo, , vm_fault_hold, prot_fault, "int");
SDT_PROBE_DEFINE1(vminfo, , vm_fault_hold, cow_fault, "int");
SDT_PROBE_DEFINE1(vminfo, , vm_fault_hold, maj_fault, "int");
SDT_PROBE_DEFINE1(vminfo, , vm_fault_hold, zfod, "int");

struct faultstate {
	vm_page_t	m;			/* page found or made */
	vm_object_t	object;			/* where, and its index there */
	vm_pindex_t	pindex;
	vm_page_t	first_m;		/* placeholder in the first object while we look behind it */
	vm_object_t	first_object;
	vm_pindex_t	first_pindex;
	vm_map_t	map;
	vm_map_entry_t	entry;
	vm_prot_t	prot;			/* what the page may be mapped with */
};

void
vm_fault_free_page(vm_page_t m)
{
	vm_page_lock(m);
	vm_page_free(m);
	vm_page_unlock(m);
}

/* Ends the fault: fs->object is locked, and is let go with everything else. */
void
unlock_and_deallocate(struct faultstate *fs)
{
	vm_object_pip_wakeup(fs->object);
	VM_OBJECT_WUNLOCK(fs->object);
	if (fs->object != fs->first_object) {
		VM_OBJECT_WLOCK(fs->first_object);
		if (fs->first_m != NULL)
			vm_fault_free_page(fs->first_m);
		fs->first_m = NULL;
		vm_object_pip_wakeup(fs->first_object);
		VM_OBJECT_WUNLOCK(fs->first_object);
	}
	vm_map_lookup_done(fs->map, fs->entry);
	vm_object_deallocate(fs->first_object);
}

/* A page already there and ready to be mapped as it is; the object is read-locked.  TRUE: done. */
static __always_inline boolean_t
vm_fault_soft_fast(struct faultstate *fs, vm_offset_t vaddr, vm_prot_t fault_type)
{
	vm_page_t m = vm_page_lookup(fs->first_object, fs->first_pindex);
	vm_prot_t prot = fs->prot;

	if (m == NULL || vm_page_xbusied(m) || m->valid != VM_PAGE_BITS_ALL)
		return (FALSE);
	if (fs->first_object->type == OBJT_VNODE)
		prot &= ~VM_PROT_WRITE;
	if ((fault_type & prot & VM_PROT_WRITE) != (fault_type & VM_PROT_WRITE))
		return (FALSE);
	if (pmap_enter(fs->map->pmap, vaddr, m, prot, fault_type | PMAP_ENTER_NOSLEEP) != KERN_SUCCESS)
		return (FALSE);
	if (fault_type & VM_PROT_WRITE)
		m->dirty = VM_PAGE_BITS_ALL;
	VM_OBJECT_RUNLOCK(fs->first_object);
	vm_map_lookup_done(fs->map, fs->entry);
	return (TRUE);
}

/* Moves on to the object behind fs->object; FALSE at the end of the chain.  Keeps fs->first_m busy. */
static __always_inline boolean_t
vm_fault_next_object(struct faultstate *fs)
{
	vm_object_t next = fs->object->backing_object;

	if (fs->object == fs->first_object)
		fs->first_m = fs->m;
	if (next == NULL)
		return (FALSE);
	VM_OBJECT_WLOCK(next);
	fs->pindex += OFF_TO_IDX(fs->object->backing_object_offset);
	vm_object_pip_add(next, 1);
	if (fs->object != fs->first_object)
		vm_object_pip_wakeup(fs->object);
	VM_OBJECT_WUNLOCK(fs->object);
	fs->object = next;
	return (TRUE);
}

/* Back to the first object, to be filled with zeroes. */
static __always_inline int
vm_fault_zerofill(struct faultstate *fs)
{
	if (fs->object != fs->first_object) {
		vm_object_pip_wakeup(fs->object);
		VM_OBJECT_WUNLOCK(fs->object);
		fs->object = fs->first_object;
		fs->pindex = fs->first_pindex;
		VM_OBJECT_WLOCK(fs->object);
	}
	fs->m = fs->first_m;
	fs->first_m = NULL;
	pmap_zero_page(fs->m);
	SDT_PROBE1(vminfo, , vm_fault_hold, zfod, 1);
	vm_cnt.v_zfod++;
	fs->m->valid = VM_PAGE_BITS_ALL;
	return (KERN_SUCCESS);
}

/* Looks for the page along the shadow chain, or makes it; fs->object is locked before and after. */
static __always_inline int
vm_fault_find_page(struct faultstate *fs)
{
	for (;;) {
		fs->m = vm_page_lookup(fs->object, fs->pindex);
		if (fs->m != NULL) {
			if (vm_page_xbusied(fs->m))
				panic("vm_fault: page %p is busy", fs->m);
			vm_page_xbusy(fs->m);
			return (KERN_SUCCESS);
		}
		if (fs->object->type == OBJT_VNODE || fs->object->type == OBJT_DEVICE) {
			fs->m = vnode_pager_getpage(fs->object, fs->pindex);
			if (fs->m == NULL)
				return (KERN_FAILURE);
			SDT_PROBE1(vminfo, , vm_fault_hold, maj_fault, 1);
			vm_page_xbusy(fs->m);
			return (KERN_SUCCESS);
		}
		if (fs->object == fs->first_object) {
			if (fs->pindex >= fs->object->size)
				return (KERN_PROTECTION_FAILURE);
			fs->m = vm_page_alloc(fs->object, fs->pindex, VM_ALLOC_NORMAL);
			if (fs->m == NULL)
				return (KERN_RESOURCE_SHORTAGE);
		}
		if (!vm_fault_next_object(fs))
			return (vm_fault_zerofill(fs));
	}
}

/* Copies fs->m, found behind the first object, into the placeholder there. */
static __always_inline void
vm_fault_copy(struct faultstate *fs)
{
	pmap_copy_page(fs->m, fs->first_m);
	fs->first_m->valid = VM_PAGE_BITS_ALL;
	vm_page_xunbusy(fs->m);
	vm_object_pip_wakeup(fs->object);
	VM_OBJECT_WUNLOCK(fs->object);
	fs->object = fs->first_object;
	fs->pindex = fs->first_pindex;
	fs->m = fs->first_m;
	fs->first_m = NULL;
	VM_OBJECT_WLOCK(fs->object);
	vm_cnt.v_cow_faults++;
}

/* Maps fs->m and leaves it active; ends the fault. */
static __always_inline int
vm_fault_map_page(struct faultstate *fs, vm_offset_t vaddr, vm_prot_t fault_type, vm_page_t *m_hold)
{
	int result;

	if (fault_type & VM_PROT_WRITE)
		fs->m->dirty = VM_PAGE_BITS_ALL;
	VM_OBJECT_WUNLOCK(fs->object);
	result = pmap_enter(fs->map->pmap, vaddr, fs->m, fs->prot, fault_type);
	VM_OBJECT_WLOCK(fs->object);
	vm_page_lock(fs->m);
	vm_page_activate(fs->m);
	if (m_hold != NULL && result == KERN_SUCCESS) {
		*m_hold = fs->m;
		vm_page_hold(fs->m);
	}
	vm_page_unlock(fs->m);
	vm_page_xunbusy(fs->m);
	unlock_and_deallocate(fs);
	return (result);
}

/* The slow way: the first object is write-locked. */
static __always_inline int
vm_fault_slow(struct faultstate *fs, vm_offset_t vaddr, vm_prot_t fault_type, vm_page_t *m_hold)
{
	int result;

	vm_object_reference_locked(fs->first_object);
	vm_object_pip_add(fs->first_object, 1);
	fs->object = fs->first_object;
	fs->pindex = fs->first_pindex;
	fs->first_m = NULL;
	result = vm_fault_find_page(fs);
	if (result != KERN_SUCCESS) {
		if (fs->object == fs->first_object)
			fs->first_m = NULL;
		unlock_and_deallocate(fs);
		return (result);
	}
	if (fs->object != fs->first_object && (fault_type & (VM_PROT_WRITE | VM_PROT_COPY))) {
		SDT_PROBE1(vminfo, , vm_fault_hold, cow_fault, 1);
		vm_fault_copy(fs);
	} else {
		SDT_PROBE1(vminfo, , vm_fault_hold, as_fault, 1);
		if (fs->object != fs->first_object || fs->object->type == OBJT_VNODE)
			fs->prot &= ~VM_PROT_WRITE;
	}
	return (vm_fault_map_page(fs, vaddr, fault_type, m_hold));
}

/*
 * Handles a fault at the page vaddr.  KERN_SUCCESS, or why the access cannot be made good.  With m_hold the
 * page is returned held.
 */
int
vm_fault_hold(vm_map_t map, vm_offset_t vaddr, vm_prot_t fault_type, int fault_flags, vm_page_t *m_hold)
{
	struct faultstate fs;
	boolean_t wired, grown = FALSE;
	int result;

	PCPU_INC(v_vm_faults);
	vm_cnt.v_vm_faults++;
	for (;;) {
		fs.map = map;
		result = vm_map_lookup(&fs.map, vaddr, fault_type, &fs.entry, &fs.first_object, &fs.first_pindex,
		    &fs.prot, &wired);
		if (result != KERN_INVALID_ADDRESS || grown || map != &curproc->p_vmspace->vm_map)
			break;
		if (vm_map_growstack(curproc, vaddr) != KERN_SUCCESS)
			break;
		grown = TRUE;
	}
	if (result == KERN_SUCCESS && fs.first_object->type == OBJT_VNODE && (fault_type & VM_PROT_WRITE)) {
		vm_map_lookup_done(fs.map, fs.entry);
		result = KERN_PROTECTION_FAILURE;	/* a shared mapping: files are read-only */
	}
	if (result != KERN_SUCCESS) {
		if (result == KERN_PROTECTION_FAILURE)
			SDT_PROBE1(vminfo, , vm_fault_hold, prot_fault, 1);
		return (result);
	}
	VM_OBJECT_RLOCK(fs.first_object);
	curthread->td_ru.ru_minflt++;
	if (m_hold == NULL && vm_fault_soft_fast(&fs, vaddr, fault_type)) {
		SDT_PROBE1(vminfo, , vm_fault_hold, as_fault, 1);
		return (KERN_SUCCESS);
	}
	if (!VM_OBJECT_TRYUPGRADE(fs.first_object)) {
		VM_OBJECT_RUNLOCK(fs.first_object);
		VM_OBJECT_WLOCK(fs.first_object);
	}
	return (vm_fault_slow(&fs, vaddr, fault_type, m_hold));
}

/* The same for a trap: without memory once more after the zones gave back what they could. */
int
vm_fault(vm_map_t map, vm_offset_t vaddr, vm_prot_t fault_type, int fault_flags)
{
	int result;

	if (vm_page_count_severe())
		return (KERN_RESOURCE_SHORTAGE);
	result = vm_fault_hold(map, trunc_page(vaddr), fault_type, fault_flags, NULL);
	if (result == KERN_RESOURCE_SHORTAGE) {
		uma_reclaim();
		result = vm_fault_hold(map, trunc_page(vaddr), fault_type, fault_flags, NULL);
	}
	return (result);
}
