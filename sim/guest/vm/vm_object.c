/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory objects and their shadow chains.
 *
 * A shadow keeps one reference on its backing object.  When an object is left with a single reference,
 * from its only shadow, the two are collapsed into one.  Locking: see vm/vm_object.h; a shadow is locked
 * before the object behind it.
 */
#include <sys/systm.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/pmap.h>
#include <vm/uma.h>

static uma_zone_t obj_zone;

void
vm_object_init(void)
{
	obj_zone = uma_zcreate("VM OBJECT", sizeof(struct vm_object), NULL, NULL, NULL, NULL, UMA_ALIGN_PTR, UMA_ZONE_VM);
}

/* A new object of size pages with one reference. */
vm_object_t
vm_object_allocate(objtype_t type, vm_pindex_t size)
{
	vm_object_t object = uma_zalloc(obj_zone, M_WAITOK | M_ZERO);

	rw_init_flags(&object->lock, "vm object", 0);
	LIST_INIT(&object->shadow_head);
	TAILQ_INIT(&object->memq);
	object->type = type;
	object->size = size;
	object->ref_count = 1;
	if (type == OBJT_DEFAULT)
		object->flags = OBJ_ONEMAPPING;
	return (object);
}

void
vm_object_reference_locked(vm_object_t object)
{
	object->ref_count++;
}

void
vm_object_reference(vm_object_t object)
{
	if (object == NULL)
		return;
	VM_OBJECT_WLOCK(object);
	vm_object_reference_locked(object);
	VM_OBJECT_WUNLOCK(object);
}

/* Counts operations in progress that need the object to stay. */
void
vm_object_pip_add(vm_object_t object, int i)
{
	object->paging_in_progress += i;
}

void
vm_object_pip_wakeup(vm_object_t object)
{
	if (object->paging_in_progress == 0)
		panic("vm_object_pip_wakeup: no operation in progress on %p", object);
	object->paging_in_progress--;
}

/* Frees all pages and the object itself; called with it write-locked and unreferenced. */
void
vm_object_terminate(vm_object_t object)
{
	vm_page_t m;

	KASSERT(object->ref_count == 0, ("vm_object_terminate: object %p is referenced", object));
	KASSERT(object->paging_in_progress == 0, ("vm_object_terminate: object %p is being paged", object));
	object->flags |= OBJ_DEAD;
	if (object->type == OBJT_VNODE)
		vnode_pager_dealloc(object);
	while ((m = TAILQ_FIRST(&object->memq)) != NULL) {
		if (pmap_page_is_mapped(m))
			pmap_remove_all(m);
		vm_page_lock(m);
		vm_page_free(m);
		vm_page_unlock(m);
	}
	vm_radix_reclaim_allnodes(&object->rtree);
	VM_OBJECT_WUNLOCK(object);
	rw_destroy(&object->lock);
	object->type = OBJT_DEAD;
	uma_zfree(obj_zone, object);
}

/* The only shadow of an object that has lost all other references: collapse into it. */
void
vm_object_collapse_shadow(vm_object_t backing)
{
	vm_object_t shadow = LIST_FIRST(&backing->shadow_head);

	if (shadow == NULL || shadow->type != OBJT_DEFAULT || backing->type != OBJT_DEFAULT) {
		VM_OBJECT_WUNLOCK(backing);
		return;
	}
	VM_OBJECT_WUNLOCK(backing);
	VM_OBJECT_WLOCK(shadow);
	vm_object_collapse(shadow);
	VM_OBJECT_WUNLOCK(shadow);
}

/* Drops a reference; the last one frees the object and lets go of what is behind it. */
void
vm_object_deallocate(vm_object_t object)
{
	vm_object_t backing;

	while (object != NULL) {
		VM_OBJECT_WLOCK(object);
		KASSERT(object->ref_count > 0, ("vm_object_deallocate: object %p has no references", object));
		object->ref_count--;
		if (object->ref_count == 1 && object->shadow_count == 1) {
			vm_object_collapse_shadow(object);
			return;
		}
		if (object->ref_count > 0) {
			VM_OBJECT_WUNLOCK(object);
			return;
		}
		backing = object->backing_object;
		if (backing != NULL) {
			VM_OBJECT_WLOCK(backing);
			LIST_REMOVE(object, shadow_list);
			backing->shadow_count--;
			object->backing_object = NULL;
			VM_OBJECT_WUNLOCK(backing);
		}
		vm_object_terminate(object);
		object = backing;
	}
}

/*
 * Replaces *object by a shadow of it, length bytes long: the caller's reference moves behind the shadow.
 * An anonymous object that nobody else uses is left alone.
 */
void
vm_object_shadow(vm_object_t *object, vm_ooffset_t *offset, vm_size_t length)
{
	vm_object_t source = *object, result;

	if (source != NULL) {
		VM_OBJECT_WLOCK(source);
		if (source->ref_count == 1 && source->handle == NULL && source->type == OBJT_DEFAULT) {
			VM_OBJECT_WUNLOCK(source);
			return;
		}
		VM_OBJECT_WUNLOCK(source);
	}
	result = vm_object_allocate(OBJT_DEFAULT, atop(length));
	result->backing_object_offset = *offset;
	result->backing_object = source;
	if (source != NULL) {
		VM_OBJECT_WLOCK(source);
		source->shadow_count++;
		source->flags &= ~OBJ_ONEMAPPING;
		LIST_INSERT_HEAD(&source->shadow_head, result, shadow_list);
		VM_OBJECT_WUNLOCK(source);
	}
	*offset = 0;
	*object = result;
}

/*
 * Moves backing's pages to object where object has none, and frees the rest; both write-locked.  Mappings of
 * moved pages stay: they were read-only, and show the same memory.  ENOMEM if it stopped half-way.
 */
int
vm_object_backing_collapse_pages(vm_object_t object, vm_object_t backing)
{
	vm_pindex_t first = OFF_TO_IDX(object->backing_object_offset), index;
	vm_page_t m, next;

	TAILQ_FOREACH_SAFE(m, &backing->memq, listq, next) {
		index = m->pindex - first;
		if (m->pindex >= first && index < object->size && vm_page_lookup(object, index) == NULL) {
			if (vm_page_rename(m, object, index) != 0)
				return (ENOMEM);
			continue;
		}
		if (pmap_page_is_mapped(m))
			pmap_remove_all(m);
		vm_page_lock(m);
		vm_page_free(m);
		vm_page_unlock(m);
	}
	return (0);
}

/* Absorbs backing objects that only this write-locked object refers to. */
void
vm_object_collapse(vm_object_t object)
{
	vm_object_t backing, next;

	while ((backing = object->backing_object) != NULL) {
		VM_OBJECT_WLOCK(backing);
		if (backing->type != OBJT_DEFAULT || backing->ref_count != 1 || backing->paging_in_progress != 0 ||
		    object->paging_in_progress != 0) {
			VM_OBJECT_WUNLOCK(backing);
			return;
		}
		if (vm_object_backing_collapse_pages(object, backing) != 0) {
			VM_OBJECT_WUNLOCK(backing);
			return;
		}
		LIST_REMOVE(object, shadow_list);
		backing->shadow_count--;
		next = backing->backing_object;
		object->backing_object = next;
		object->backing_object_offset += backing->backing_object_offset;
		if (next != NULL) {
			VM_OBJECT_WLOCK(next);
			LIST_REMOVE(backing, shadow_list);
			LIST_INSERT_HEAD(&next->shadow_head, object, shadow_list);
			VM_OBJECT_WUNLOCK(next);
		}
		backing->backing_object = NULL;
		backing->ref_count = 0;
		vm_object_terminate(backing);
	}
}

/* Frees the pages start..end (end 0: to the last) of a write-locked object. */
void
vm_object_page_remove(vm_object_t object, vm_pindex_t start, vm_pindex_t end)
{
	vm_page_t m, next;

	TAILQ_FOREACH_SAFE(m, &object->memq, listq, next) {
		if (m->pindex < start || (end != 0 && m->pindex >= end) || m->wire_count > 0)
			continue;
		if (pmap_page_is_mapped(m))
			pmap_remove_all(m);
		vm_page_lock(m);
		vm_page_free(m);
		vm_page_unlock(m);
	}
}

/* Lengthens prev so that it covers next_size bytes after prev_size; 0 if it must not be. */
int
vm_object_coalesce(vm_object_t prev, vm_ooffset_t prev_offset, vm_size_t prev_size, vm_size_t next_size)
{
	vm_pindex_t next_pindex;

	if (prev == NULL)
		return (1);
	VM_OBJECT_WLOCK(prev);
	next_pindex = OFF_TO_IDX(prev_offset) + atop(prev_size);
	if (prev->type != OBJT_DEFAULT || prev->backing_object != NULL || prev->ref_count > 1 ||
	    (prev->flags & OBJ_NOSPLIT)) {
		VM_OBJECT_WUNLOCK(prev);
		return (0);
	}
	if (next_pindex < prev->size)
		vm_object_page_remove(prev, next_pindex, next_pindex + atop(next_size));
	if (next_pindex + atop(next_size) > prev->size)
		prev->size = next_pindex + atop(next_size);
	VM_OBJECT_WUNLOCK(prev);
	return (1);
}
