/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whole address spaces: making, forking, replacing at exec, freeing.
 *
 * vmspace0 belongs to proc0 and the kernel threads; an exiting process moves there.  vm_refcnt is only
 * changed by the kernel, which is not preempted.
 */
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/uma.h>

struct vmspace vmspace0;
static uma_zone_t vmspace_zone;

void
vm_map_startup(void)
{
	vm_map_entry_init();
	vmspace_zone = uma_zcreate("VMSPACE", sizeof(struct vmspace), NULL, NULL, NULL, NULL, UMA_ALIGN_PTR, 0);
}

void
vmspace0_init(void)
{
	vmspace0.vm_refcnt = 1;
	pmap_pinit0(vmspace_pmap(&vmspace0));
	vm_map_init(&vmspace0.vm_map, vmspace_pmap(&vmspace0), VM_MIN_USER_ADDRESS, VM_MAXUSER_ADDRESS);
}

/* An empty address space; NULL if there is no memory or no translation table left for it. */
struct vmspace *
vmspace_alloc(vm_offset_t min, vm_offset_t max)
{
	struct vmspace *vm;

	if (vm_page_count_severe())
		return (NULL);
	vm = uma_zalloc(vmspace_zone, M_WAITOK | M_ZERO);
	if (!pmap_pinit(vmspace_pmap(vm))) {
		uma_zfree(vmspace_zone, vm);
		return (NULL);
	}
	vm_map_init(&vm->vm_map, vmspace_pmap(vm), min, max);
	vm->vm_refcnt = 1;
	return (vm);
}

void
vmspace_dofree(struct vmspace *vm)
{
	(void)vm_map_remove(&vm->vm_map, vm_map_min(&vm->vm_map), vm_map_max(&vm->vm_map));
	pmap_release(vmspace_pmap(vm));
	sx_destroy(&vm->vm_map.lock);
	uma_zfree(vmspace_zone, vm);
}

void
vmspace_free(struct vmspace *vm)
{
	KASSERT(vm->vm_refcnt > 0, ("vmspace_free: %p has no references", vm));
	if (atomic_fetchadd_int(&vm->vm_refcnt, (u_int)-1) == 1)
		vmspace_dofree(vm);
}

/* The exiting thread's process leaves its address space for vmspace0's. */
void
vmspace_exit(struct thread *td)
{
	struct proc *p = td->td_proc;
	struct vmspace *vm = p->p_vmspace;

	if (vm == &vmspace0)
		return;
	if (vm->vm_refcnt == 1)
		pmap_remove_pages(vmspace_pmap(vm));
	atomic_add_int(&vmspace0.vm_refcnt, 1);
	p->p_vmspace = &vmspace0;
	pmap_activate(td);
	vmspace_free(vm);
}

/* Gives p an empty address space for exec. */
int
vmspace_exec(struct proc *p, vm_offset_t min, vm_offset_t max)
{
	struct vmspace *old = p->p_vmspace, *fresh = vmspace_alloc(min, max);

	if (fresh == NULL)
		return (ENOMEM);
	p->p_vmspace = fresh;
	if (p == curproc)
		pmap_activate(curthread);
	vmspace_free(old);
	return (0);
}

/* The parent's side of an entry: sharing needs a real object that both will see. */
void
vmspace_fork_share(vm_map_entry_t old)
{
	if (old->object.vm_object == NULL) {
		old->object.vm_object = vm_object_allocate(OBJT_DEFAULT, atop(old->end - old->start));
		old->offset = 0;
	}
	if (old->eflags & MAP_ENTRY_NEEDS_COPY) {
		vm_object_shadow(&old->object.vm_object, &old->offset, old->end - old->start);
		old->eflags &= ~MAP_ENTRY_NEEDS_COPY;
	}
}

/* Both sides copy on the next write. */
void
vm_map_copy_entry(vm_map_t src_map, vm_map_entry_t src)
{
	if ((src->eflags & MAP_ENTRY_NEEDS_COPY) == 0)
		pmap_protect(src_map->pmap, src->start, src->end, src->protection & ~VM_PROT_WRITE);
	if (src->object.vm_object != NULL)
		src->eflags |= MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY;
}

void
vmspace_fork_entry(vm_map_t old_map, vm_map_t new_map, vm_map_entry_t old)
{
	vm_map_entry_t fresh;
	vm_object_t object;

	if (old->inheritance == VM_INHERIT_NONE)
		return;
	if (old->inheritance == VM_INHERIT_SHARE)
		vmspace_fork_share(old);
	else
		vm_map_copy_entry(old_map, old);
	fresh = vm_map_entry_create();
	*fresh = *old;
	fresh->wired_count = 0;
	if ((object = fresh->object.vm_object) != NULL) {
		VM_OBJECT_WLOCK(object);
		vm_object_reference_locked(object);
		object->flags &= ~OBJ_ONEMAPPING;
		VM_OBJECT_WUNLOCK(object);
	}
	vm_map_entry_link(new_map, new_map->header.prev, fresh);
	new_map->size += fresh->end - fresh->start;
}

/* A copy of an address space, copied page by page as either side writes; NULL as from vmspace_alloc(). */
struct vmspace *
vmspace_fork(struct vmspace *vm1)
{
	vm_map_t old_map = &vm1->vm_map;
	vm_map_entry_t old;
	struct vmspace *vm2;

	vm2 = vmspace_alloc(vm_map_min(old_map), vm_map_max(old_map));
	if (vm2 == NULL)
		return (NULL);
	vm2->vm_tsize = vm1->vm_tsize;
	vm2->vm_dsize = vm1->vm_dsize;
	vm2->vm_ssize = vm1->vm_ssize;
	vm2->vm_taddr = vm1->vm_taddr;
	vm2->vm_daddr = vm1->vm_daddr;
	vm2->vm_maxsaddr = vm1->vm_maxsaddr;
	vm_map_lock(old_map);
	vm_map_lock(&vm2->vm_map);
	for (old = old_map->header.next; old != &old_map->header; old = old->next)
		vmspace_fork_entry(old_map, &vm2->vm_map, old);
	vm_map_unlock(&vm2->vm_map);
	vm_map_unlock(old_map);
	return (vm2);
}

/* Pages mapped. */
long
vmspace_resident_count(struct vmspace *vm)
{
	return (pmap_resident_count(vmspace_pmap(vm)));
}
