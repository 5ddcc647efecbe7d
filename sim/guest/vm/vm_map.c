/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Address maps: inserting, finding room, deleting, protecting, looking up for a fault.
 *
 * An entry without an object is anonymous memory nobody has touched; it gets one at its first fault.
 * Locking: see vm/vm_map.h.
 */
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>

/* What the hardware may allow: a copy-on-write entry is never writable before the fault. */
#define MASK(entry)	(((entry)->eflags & MAP_ENTRY_COW) ? (vm_prot_t)~VM_PROT_WRITE : VM_PROT_ALL)

void
vm_map_init(vm_map_t map, pmap_t pmap, vm_offset_t min, vm_offset_t max)
{
	bzero(map, sizeof(*map));
	map->header.next = map->header.prev = &map->header;
	map->min_offset = min;
	map->max_offset = max;
	map->pmap = pmap;
	sx_init_flags(&map->lock, "user map", SX_DUPOK);
}

/* Lengthens prev over start..end if it is plain anonymous memory of the same kind. */
boolean_t
vm_map_coalesce(vm_map_t map, vm_map_entry_t prev, vm_offset_t start, vm_offset_t end, vm_prot_t prot, vm_prot_t max,
    vm_eflags_t eflags, vm_inherit_t inherit)
{
	if (prev == &map->header || prev->end != start || prev->eflags != eflags || prev->protection != prot ||
	    prev->max_protection != max || prev->inheritance != inherit || prev->wired_count != 0 ||
	    !vm_object_coalesce(prev->object.vm_object, prev->offset, prev->end - prev->start, end - start))
		return (FALSE);
	map->size += end - start;
	prev->end = end;
	return (TRUE);
}

/* A new entry after prev; the map is locked and the range free. */
int
vm_map_insert_entry(vm_map_t map, vm_map_entry_t prev, vm_object_t object, vm_ooffset_t offset, vm_offset_t start,
    vm_offset_t end, vm_prot_t prot, vm_prot_t max, vm_eflags_t eflags, vm_inherit_t inherit)
{
	vm_map_entry_t entry = vm_map_entry_create();

	entry->start = start;
	entry->end = end;
	entry->object.vm_object = object;
	entry->offset = offset;
	entry->protection = prot;
	entry->max_protection = max;
	entry->eflags = eflags;
	entry->inheritance = inherit;
	vm_map_entry_link(map, prev, entry);
	map->size += end - start;
	map->timestamp++;
	return (KERN_SUCCESS);
}

/*
 * Maps object (NULL: anonymous memory) at start..end of a locked map; the entry takes over the caller's
 * reference.  KERN_INVALID_ADDRESS outside the map, KERN_NO_SPACE if something is there.
 */
int
vm_map_insert(vm_map_t map, vm_object_t object, vm_ooffset_t offset, vm_offset_t start, vm_offset_t end, vm_prot_t prot,
    vm_prot_t max, int cow)
{
	vm_inherit_t inherit = (cow & MAP_INHERIT_SHARE) ? VM_INHERIT_SHARE : VM_INHERIT_COPY;
	vm_eflags_t eflags = 0;
	vm_map_entry_t prev;

	if (start < vm_map_min(map) || end > vm_map_max(map) || start >= end)
		return (KERN_INVALID_ADDRESS);
	if (vm_map_lookup_entry(map, start, &prev))
		return (KERN_NO_SPACE);
	if (prev->next != &map->header && prev->next->start < end)
		return (KERN_NO_SPACE);
	if (cow & MAP_COPY_ON_WRITE)
		eflags |= MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY;
	if (cow & MAP_STACK_GROWS_DOWN)
		eflags |= MAP_ENTRY_GROWS_DOWN;
	if (object == NULL && (eflags & MAP_ENTRY_GROWS_DOWN) == 0 &&
	    vm_map_coalesce(map, prev, start, end, prot, max, eflags, inherit))
		return (KERN_SUCCESS);
	return (vm_map_insert_entry(map, prev, object, offset, start, end, prot, max, eflags, inherit));
}

/* First free range of length at or above start, in *addr; nonzero if there is none. */
int
vm_map_findspace(vm_map_t map, vm_offset_t start, vm_size_t length, vm_offset_t *addr)
{
	vm_map_entry_t entry;

	if (start < vm_map_min(map))
		start = vm_map_min(map);
	if (vm_map_lookup_entry(map, start, &entry))
		start = entry->end;
	for (entry = entry->next; entry != &map->header; entry = entry->next) {
		if (entry->start >= start && entry->start - start >= length)
			break;
		start = entry->end;
	}
	if (start > vm_map_max(map) || length > vm_map_max(map) - start)
		return (1);
	*addr = start;
	return (0);
}

/* Maps at *addr (VMFS_NO_SPACE) or at the first room from there on, aligned for large objects if asked. */
int
vm_map_find(vm_map_t map, vm_object_t object, vm_ooffset_t offset, vm_offset_t *addr, vm_size_t length,
    vm_offset_t max_addr, int find_space, vm_prot_t prot, vm_prot_t max, int cow)
{
	vm_offset_t start = *addr, aligned;
	int result;

	vm_map_lock(map);
	if (find_space != VMFS_NO_SPACE) {
		if (vm_map_findspace(map, start, length, &start) || (max_addr != 0 && start + length > max_addr)) {
			vm_map_unlock(map);
			return (KERN_NO_SPACE);
		}
		aligned = roundup2(start, (vm_offset_t)L1_S_SIZE);
		if (find_space == VMFS_OPTIMAL_SPACE && length >= L1_S_SIZE &&
		    vm_map_findspace(map, aligned, length, &aligned) == 0 && (aligned & L1_S_OFFSET) == 0)
			start = aligned;
	}
	result = vm_map_insert(map, object, offset, start, start + length, prot, max, cow);
	vm_map_unlock(map);
	if (result == KERN_SUCCESS)
		*addr = start;
	return (result);
}

/* Maps exactly at start; what was there goes, unless MAP_CHECK_EXCL. */
int
vm_map_fixed(vm_map_t map, vm_object_t object, vm_ooffset_t offset, vm_offset_t start, vm_size_t length, vm_prot_t prot,
    vm_prot_t max, int cow)
{
	vm_offset_t end = start + length;
	int result;

	if (end < start || start < vm_map_min(map) || end > vm_map_max(map))
		return (KERN_INVALID_ADDRESS);
	vm_map_lock(map);
	if ((cow & MAP_CHECK_EXCL) == 0)
		(void)vm_map_delete(map, start, end);
	result = vm_map_insert(map, object, offset, start, end, prot, max, cow);
	vm_map_unlock(map);
	return (result);
}

/* Frees an unlinked entry, its pages if no other mapping can want them, and its reference. */
void
vm_map_entry_delete(vm_map_t map, vm_map_entry_t entry)
{
	vm_object_t object = entry->object.vm_object;
	vm_pindex_t first, count;

	map->size -= entry->end - entry->start;
	if (object != NULL) {
		VM_OBJECT_WLOCK(object);
		if (object->ref_count > 1 && (object->flags & OBJ_ONEMAPPING)) {
			first = OFF_TO_IDX(entry->offset);
			count = atop(entry->end - entry->start);
			vm_object_page_remove(object, first, first + count);
		}
		VM_OBJECT_WUNLOCK(object);
		vm_object_deallocate(object);
	}
	vm_map_entry_dispose(entry);
}

/* Unmaps start..end of a locked map; holes are no error. */
int
vm_map_delete(vm_map_t map, vm_offset_t start, vm_offset_t end)
{
	vm_map_entry_t entry, next;

	if (!vm_map_lookup_entry(map, start, &entry))
		entry = entry->next;
	for (; entry != &map->header && entry->start < end; entry = next) {
		if (entry->start < start) {
			vm_map_clip(map, entry, start, end);
			entry = entry->next;
		} else
			vm_map_clip(map, entry, entry->start, end);
		next = entry->next;
		pmap_remove(map->pmap, entry->start, entry->end);
		vm_map_entry_unlink(map, entry);
		vm_map_entry_delete(map, entry);
	}
	map->timestamp++;
	return (KERN_SUCCESS);
}

int
vm_map_remove(vm_map_t map, vm_offset_t start, vm_offset_t end)
{
	int result;

	vm_map_lock(map);
	result = vm_map_delete(map, start, end);
	vm_map_unlock(map);
	return (result);
}

/* Is every address of start..end mapped, and may new_prot be set there? */
int
vm_map_protect_check(vm_map_t map, vm_map_entry_t entry, vm_offset_t start, vm_offset_t end, vm_prot_t new_prot)
{
	for (; start < end; start = entry->end, entry = entry->next) {
		if (entry == &map->header || entry->start > start)
			return (KERN_INVALID_ADDRESS);
		if ((new_prot & entry->max_protection) != new_prot)
			return (KERN_PROTECTION_FAILURE);
	}
	return (KERN_SUCCESS);
}

int
vm_map_protect(vm_map_t map, vm_offset_t start, vm_offset_t end, vm_prot_t new_prot, boolean_t set_max)
{
	vm_map_entry_t entry;
	int result;

	if (start == end)
		return (KERN_SUCCESS);
	vm_map_lock(map);
	if (!vm_map_lookup_entry(map, start, &entry))
		entry = entry->next;
	result = vm_map_protect_check(map, entry, start, end, new_prot);
	for (; result == KERN_SUCCESS && entry != &map->header && entry->start < end; entry = entry->next) {
		if (entry->protection == new_prot && !set_max)
			continue;
		if (entry->start < start) {
			vm_map_clip(map, entry, start, end);
			entry = entry->next;
		} else
			vm_map_clip(map, entry, entry->start, end);
		entry->protection = new_prot;
		if (set_max)
			entry->max_protection &= new_prot;
		pmap_protect(map->pmap, entry->start, entry->end, new_prot & MASK(entry));
	}
	map->timestamp++;
	vm_map_unlock(map);
	return (result);
}

/* Does every address of start..end allow prot?  The map is locked. */
boolean_t
vm_map_check_protection(vm_map_t map, vm_offset_t start, vm_offset_t end, vm_prot_t prot)
{
	vm_map_entry_t entry;

	if (!vm_map_lookup_entry(map, start, &entry))
		return (FALSE);
	for (; start < end; start = entry->end, entry = entry->next)
		if (entry == &map->header || entry->start > start || (entry->protection & prot) != prot)
			return (FALSE);
	return (TRUE);
}

/* From a shared to an exclusive lock; FALSE if the map was unlocked on the way: look up again. */
boolean_t
vm_map_lookup_upgrade(vm_map_t map)
{
	if (!vm_map_lock_upgrade(map))
		return (TRUE);
	vm_map_unlock_read(map);
	vm_map_lock(map);
	vm_map_unlock(map);
	return (FALSE);
}

/* Gives entry the object its fault needs: a shadow to write to, or its first one.  FALSE: look up again. */
boolean_t
vm_map_lookup_object(vm_map_t map, vm_map_entry_t entry, vm_prot_t fault_type, vm_prot_t *prot)
{
	if (entry->eflags & MAP_ENTRY_NEEDS_COPY) {
		if (fault_type & VM_PROT_WRITE) {
			if (!vm_map_lookup_upgrade(map))
				return (FALSE);
			if (entry->object.vm_object != NULL)
				vm_object_shadow(&entry->object.vm_object, &entry->offset, entry->end - entry->start);
			entry->eflags &= ~MAP_ENTRY_NEEDS_COPY;
			sx_downgrade(&map->lock);
		} else
			*prot &= ~VM_PROT_WRITE;
	}
	if (entry->object.vm_object == NULL) {
		if (!vm_map_lookup_upgrade(map))
			return (FALSE);
		entry->object.vm_object = vm_object_allocate(OBJT_DEFAULT, atop(entry->end - entry->start));
		entry->offset = 0;
		sx_downgrade(&map->lock);
	}
	return (TRUE);
}

/*
 * Finds what is mapped at vaddr for a fault of fault_type.  On success the map stays share-locked until
 * vm_map_lookup_done(); *out_prot says what the page may be mapped with.
 */
int
vm_map_lookup(vm_map_t *var_map, vm_offset_t vaddr, vm_prot_t fault_type, vm_map_entry_t *out_entry, vm_object_t *object,
    vm_pindex_t *pindex, vm_prot_t *out_prot, boolean_t *wired)
{
	vm_map_t map = *var_map;
	vm_map_entry_t entry;
	vm_prot_t prot;

	do {
		vm_map_lock_read(map);
		if (!vm_map_lookup_entry(map, vaddr, &entry)) {
			vm_map_unlock_read(map);
			return (KERN_INVALID_ADDRESS);
		}
		prot = entry->protection;
		if ((fault_type & prot) != fault_type || prot == VM_PROT_NONE) {
			vm_map_unlock_read(map);
			return (KERN_PROTECTION_FAILURE);
		}
	} while (!vm_map_lookup_object(map, entry, fault_type, &prot));
	*wired = entry->wired_count != 0;
	*pindex = OFF_TO_IDX((vaddr - entry->start) + entry->offset);
	*object = entry->object.vm_object;
	*out_prot = prot;
	*out_entry = entry;
	return (KERN_SUCCESS);
}

void
vm_map_lookup_done(vm_map_t map, vm_map_entry_t entry)
{
	vm_map_unlock_read(map);
}

int
vm_map_to_errno(int result)
{
	switch (result) {
	case KERN_SUCCESS:
		return (0);
	case KERN_INVALID_ADDRESS:
	case KERN_NO_SPACE:
	case KERN_RESOURCE_SHORTAGE:
		return (ENOMEM);
	case KERN_PROTECTION_FAILURE:
		return (EACCES);
	default:
		return (EINVAL);
	}
}
