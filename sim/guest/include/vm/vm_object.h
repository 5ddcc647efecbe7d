/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory objects: what can be mapped.  Anonymous memory (OBJT_DEFAULT), files (OBJT_VNODE), physical
 * ranges (OBJT_DEVICE, OBJT_PHYS).  A shadow holds the pages copied on write from its backing object.
 *
 * Locking: everything by the object's rwlock; shadow lists by the lock of the backing object.
 */
#ifndef VM_VM_OBJECT_H
#define VM_VM_OBJECT_H

#include <vm/vm.h>
#include <vm/vm_page.h>
#include <vm/vm_radix.h>
#include <sys/queue.h>
#include <sys/rwlock.h>

struct vm_object {
	struct rwlock		lock;
	LIST_ENTRY(vm_object)	shadow_list;	/* on the backing object's list */
	LIST_HEAD(, vm_object)	shadow_head;
	struct pglist		memq;		/* resident pages by pindex */
	struct vm_radix		rtree;
	vm_pindex_t		size;		/* in pages */
	u_int			ref_count;
	u_int			shadow_count;
	objtype_t		type;
	u_short			flags;
	u_int			paging_in_progress;
	u_int			resident_page_count;
	vm_object_t		backing_object;
	vm_ooffset_t		backing_object_offset;
	void			*handle;	/* OBJT_VNODE: the vnode */
	vm_paddr_t		phys;		/* OBJT_DEVICE: where index 0 lies */
};

#define OBJ_DEAD		0x0008
#define OBJ_NOSPLIT		0x0010
#define OBJ_ONEMAPPING		0x2000

#define VM_OBJECT_WLOCK(o)		rw_wlock(&(o)->lock)
#define VM_OBJECT_WUNLOCK(o)		rw_wunlock(&(o)->lock)
#define VM_OBJECT_RLOCK(o)		rw_rlock(&(o)->lock)
#define VM_OBJECT_RUNLOCK(o)		rw_runlock(&(o)->lock)
#define VM_OBJECT_TRYUPGRADE(o)		rw_try_upgrade(&(o)->lock)
#define VM_OBJECT_ASSERT_WLOCKED(o)	rw_assert(&(o)->lock, RA_WLOCKED)

void	vm_object_init(void);
vm_object_t vm_object_allocate(objtype_t type, vm_pindex_t size);
void	vm_object_reference(vm_object_t object);
void	vm_object_reference_locked(vm_object_t object);
void	vm_object_deallocate(vm_object_t object);	/* unlocked; drops one reference */
void	vm_object_terminate(vm_object_t object);
void	vm_object_shadow(vm_object_t *object, vm_ooffset_t *offset, vm_size_t length);
void	vm_object_collapse(vm_object_t object);
void	vm_object_page_remove(vm_object_t object, vm_pindex_t start, vm_pindex_t end);
int	vm_object_coalesce(vm_object_t prev, vm_ooffset_t prev_offset, vm_size_t prev_size, vm_size_t next_size);
void	vm_object_pip_add(vm_object_t object, int i);
void	vm_object_pip_wakeup(vm_object_t object);

/*
 * The pager of files (fs/vnode_pager.c).  getpage: the page of a vnode object, resident in it and valid on
 * return; NULL on an I/O error or beyond the file.  Called and returning with the object write-locked.
 */
vm_page_t vnode_pager_getpage(vm_object_t object, vm_pindex_t pindex);
void	vnode_pager_dealloc(vm_object_t object);	/* last reference gone: forget the vnode (vrele) */

#endif
