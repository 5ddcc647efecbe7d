/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stacks: an entry at the top of the range, which grows downwards at faults below it.
 *
 * avail_ssize of the lowest entry says how much further.  Locking: the map's sx, exclusive.
 */
#include <sys/systm.h>
#include <sys/proc.h>
#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_param.h>

/* Reserves max_ssize bytes from addrbos up and maps the highest SGROWSIZ of them. */
int
vm_map_stack(vm_map_t map, vm_offset_t addrbos, vm_size_t max_ssize, vm_prot_t prot, vm_prot_t max, int cow)
{
	vm_size_t init_ssize = MIN(max_ssize, SGROWSIZ);
	vm_offset_t top = addrbos + max_ssize, bot = top - init_ssize;
	vm_map_entry_t prev;
	int result;

	if (top < addrbos || addrbos < vm_map_min(map) || top > vm_map_max(map))
		return (KERN_INVALID_ADDRESS);
	vm_map_lock(map);
	if (vm_map_lookup_entry(map, addrbos, &prev) || (prev->next != &map->header && prev->next->start < top)) {
		vm_map_unlock(map);
		return (KERN_NO_SPACE);
	}
	result = vm_map_insert(map, NULL, 0, bot, top, prot, max, cow | MAP_STACK_GROWS_DOWN);
	if (result == KERN_SUCCESS)
		prev->next->avail_ssize = max_ssize - init_ssize;
	vm_map_unlock(map);
	return (result);
}

/* By how much to grow the stack that begins at start so that it holds addr; 0 if it cannot. */
vm_size_t
vm_map_growstack_amount(vm_map_t map, vm_map_entry_t prev, vm_map_entry_t stack, vm_offset_t addr)
{
	vm_offset_t floor = prev == &map->header ? vm_map_min(map) : prev->end;
	vm_size_t grow = roundup2(stack->start - addr, PAGE_SIZE), room = stack->start - floor;

	if (grow > stack->avail_ssize || grow > room)
		return (0);
	return (MIN(MIN(MAX(grow, SGROWSIZ), stack->avail_ssize), room));
}

/* KERN_SUCCESS if addr lies on p's stack now; else it is no stack's business. */
int
vm_map_growstack(struct proc *p, vm_offset_t addr)
{
	vm_map_t map = &p->p_vmspace->vm_map;
	vm_map_entry_t prev, stack;
	vm_size_t grow;

	vm_map_lock(map);
	if (vm_map_lookup_entry(map, addr, &prev)) {
		vm_map_unlock(map);
		return (KERN_SUCCESS);
	}
	stack = prev->next;
	grow = 0;
	if (stack != &map->header && (stack->eflags & MAP_ENTRY_GROWS_DOWN))
		grow = vm_map_growstack_amount(map, prev, stack, addr);
	if (grow == 0) {
		vm_map_unlock(map);
		return (KERN_NO_SPACE);
	}
	(void)vm_map_insert_entry(map, prev, NULL, 0, stack->start - grow, stack->start, stack->protection,
	    stack->max_protection, MAP_ENTRY_GROWS_DOWN, stack->inheritance);
	prev->next->avail_ssize = stack->avail_ssize - grow;
	stack->avail_ssize = 0;
	p->p_vmspace->vm_ssize += atop(grow);
	vm_map_unlock(map);
	return (KERN_SUCCESS);
}
