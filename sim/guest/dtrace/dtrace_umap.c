/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where programs and libraries lie in their processes, told to the host as it comes about, so that it can
 * name the addresses of user stacks.  Only while an enabling is loaded that takes such addresses.
 *
 * Called in the context of a process, never from a probe.  Maps are read without their locks: the kernel
 * is not preempted, and nothing here sleeps.
 */
#include <sys/systm.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <abi/pvctl.h>
#include "dtrace/dtrace_dev.h"

#define DTRACE_MAXPATH	1024

void	(*dtrace_mapping_func)(struct proc *, vm_offset_t, vm_size_t, vm_ooffset_t, struct vnode *);
void	(*dtrace_fork_func)(struct proc *);

/* A file is mapped executable; a size of 0 says that the process has a new and empty map. */
void
dtrace_mapping(struct proc *p, vm_offset_t addr, vm_size_t size, vm_ooffset_t offset, struct vnode *vp)
{
	static char buffer[DTRACE_MAXPATH];
	char *path = NULL;
	uint32_t args[5] = { (uint32_t)p->p_pid, (uint32_t)addr, (uint32_t)size, (uint32_t)offset, 0 };

	if (vp != NULL && vn_fullpath(curthread, vp, buffer, sizeof(buffer), &path) != 0)
		return;
	args[4] = (uint32_t)(uintptr_t)path;
	dtrace_event(PV_EV_MAPPING, 5, args);
}

/* Returns the file under an entry, through what copies lie above it; NULL if there is none.  Adds to *offset. */
struct vnode *
dtrace_entry_file(vm_map_entry_t entry, vm_ooffset_t *offset)
{
	vm_object_t object;

	*offset = entry->offset;
	for (object = entry->object.vm_object; object != NULL; object = object->backing_object) {
		if (object->type == OBJT_VNODE)
			return (object->handle);
		*offset += object->backing_object_offset;
	}
	return (NULL);
}

/* Tells all of a process's mappings. */
void
dtrace_mapping_process(struct proc *p)
{
	vm_map_entry_t entry;
	vm_ooffset_t offset;
	struct vnode *vp;
	vm_map_t map;

	if (p->p_vmspace == NULL || (p->p_flag & (P_KTHREAD | P_SYSTEM)) != 0)
		return;
	map = &p->p_vmspace->vm_map;
	dtrace_mapping(p, 0, 0, 0, NULL);
	for (entry = map->header.next; entry != &map->header; entry = entry->next)
		if ((entry->protection & VM_PROT_EXECUTE) != 0 && (vp = dtrace_entry_file(entry, &offset)) != NULL)
			dtrace_mapping(p, entry->start, entry->end - entry->start, offset, vp);
}

/* From here on mappings are told, those there are at once; or no longer. */
void
dtrace_mapping_enable(int on)
{
	struct proc *p;

	dtrace_mapping_func = on ? dtrace_mapping : NULL;
	dtrace_fork_func = on ? dtrace_mapping_process : NULL;
	if (on)
		LIST_FOREACH(p, &allproc, p_list)
			dtrace_mapping_process(p);
}
