/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine-independent halves of mmap, munmap and mprotect: argument checks, then the map.
 *
 * Locking: none here; the map functions lock the map.
 */
#include <sys/systm.h>
#include <sys/mman.h>
#include <sys/proc.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_param.h>

/* Maps object at *addr (MAP_FIXED) or at the first room from there on, which *addr then says. */
int
vm_mmap_object(vm_map_t map, vm_offset_t *addr, vm_size_t size, vm_prot_t prot, vm_prot_t maxprot, int flags,
    vm_object_t object, vm_ooffset_t foff)
{
	int cow = 0, result;

	size = round_page(size);
	if (size == 0)
		return (EINVAL);
	if (vm_page_count_severe())
		return (ENOMEM);
	if ((flags & MAP_FIXED) && ((*addr & PAGE_MASK) || *addr + size < *addr || *addr < vm_map_min(map) ||
	    *addr + size > vm_map_max(map)))
		return (EINVAL);
	if (flags & MAP_SHARED)
		cow |= MAP_INHERIT_SHARE;
	else if (object != NULL)
		cow |= MAP_COPY_ON_WRITE;
	if (flags & MAP_EXCL)
		cow |= MAP_CHECK_EXCL;
	if ((flags & MAP_FIXED) == 0)
		*addr = round_page(*addr);
	if (flags & MAP_STACK)
		result = vm_map_stack(map, *addr, size, prot, maxprot, 0);
	else if (flags & MAP_FIXED)
		result = vm_map_fixed(map, object, foff, *addr, size, prot, maxprot, cow);
	else
		result = vm_map_find(map, object, foff, addr, size, 0, VMFS_OPTIMAL_SPACE, prot, maxprot, cow);
	return (vm_map_to_errno(result));
}

/* The page-aligned range start..end around addr and size; EINVAL if it is not the user's. */
int
vm_mmap_range(vm_map_t map, vm_offset_t addr, vm_size_t size, vm_offset_t *end)
{
	*end = round_page(addr + size);
	if ((addr & PAGE_MASK) || addr + size < addr || *end < addr || addr < vm_map_min(map) || *end > vm_map_max(map))
		return (EINVAL);
	return (0);
}

/* Would unmapping start..end leave a hole inside one entry? */
boolean_t
vm_munmap_splits(vm_map_t map, vm_offset_t start, vm_offset_t end)
{
	vm_map_entry_t entry;
	boolean_t splits;

	vm_map_lock(map);
	splits = vm_map_lookup_entry(map, start, &entry) && entry->start < start && entry->end > end;
	vm_map_unlock(map);
	return (splits);
}

int
vm_munmap(vm_map_t map, vm_offset_t addr, vm_size_t size)
{
	vm_offset_t end;
	int error = vm_mmap_range(map, addr, size, &end);

	if (error != 0 || size == 0)
		return (EINVAL);
	if (vm_page_count_severe() && vm_munmap_splits(map, addr, end))
		return (ENOMEM);
	return (vm_map_to_errno(vm_map_remove(map, addr, end)));
}

int
vm_mprotect(vm_map_t map, vm_offset_t addr, vm_size_t size, vm_prot_t prot)
{
	vm_offset_t end;
	int error = vm_mmap_range(map, addr, size, &end);

	if (error == 0 && vm_page_count_severe())
		error = ENOMEM;
	return (error != 0 ? error : vm_map_to_errno(vm_map_protect(map, addr, end, prot, FALSE)));
}
