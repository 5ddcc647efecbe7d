/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Address maps: sorted, non-overlapping entries, each a window on an object.
 *
 * Locking: the map's sx.  Shared to look up (page faults), exclusive to change.  Entries are on a
 * doubly linked list in address order and in a splay tree for finding.
 */
#ifndef VM_VM_MAP_H
#define VM_VM_MAP_H

#include <vm/vm.h>
#include <sys/sx.h>
#include <machine/pmap.h>

union vm_map_object {
	struct vm_object	*vm_object;
};

struct vm_map_entry {
	struct vm_map_entry	*prev, *next;
	struct vm_map_entry	*left, *right;
	vm_offset_t		start, end;
	vm_offset_t		avail_ssize;	/* how far a stack may still grow */
	union vm_map_object	object;
	vm_ooffset_t		offset;		/* into the object */
	vm_eflags_t		eflags;
	vm_prot_t		protection, max_protection;
	vm_inherit_t		inheritance;
	int			wired_count;
};

#define MAP_ENTRY_NOSYNC	0x0001
#define MAP_ENTRY_COW		0x0004
#define MAP_ENTRY_NEEDS_COPY	0x0008
#define MAP_ENTRY_GROWS_DOWN	0x1000
#define MAP_ENTRY_NOCOREDUMP	0x0400
#define MAP_ENTRY_GUARD		0x4000

struct vm_map {
	struct vm_map_entry	header;		/* list sentinel; start and end are the map's bounds */
	struct sx		lock;
	int			nentries;
	vm_size_t		size;		/* bytes mapped */
	u_int			timestamp;	/* counts changes */
	vm_map_entry_t		root;		/* splay tree */
	pmap_t			pmap;
	u_char			needs_wakeup;
};
#define min_offset	header.start
#define max_offset	header.end

static __always_inline vm_offset_t
vm_map_min(const struct vm_map *map)
{
	return (map->header.start);
}

static __always_inline vm_offset_t
vm_map_max(const struct vm_map *map)
{
	return (map->header.end);
}

struct vmspace {
	struct vm_map		vm_map;
	volatile int		vm_refcnt;
	segsz_t			vm_tsize, vm_dsize, vm_ssize;	/* pages */
	caddr_t			vm_taddr, vm_daddr;
	caddr_t			vm_maxsaddr;			/* lowest the stack may reach */
	struct pmap		vm_pmap;
};
#define vmspace_pmap(vm)	(&(vm)->vm_pmap)

/* Flags of vm_map_insert() and friends ("cow" in FreeBSD). */
#define MAP_INHERIT_SHARE	0x0001
#define MAP_COPY_ON_WRITE	0x0002
#define MAP_NOFAULT		0x0004
#define MAP_PREFAULT		0x0008
#define MAP_PREFAULT_PARTIAL	0x0010
#define MAP_STACK_GROWS_DOWN	0x1000
#define MAP_CHECK_EXCL		0x4000	/* vm_map_fixed: fail when something is there */

#define VMFS_NO_SPACE		0	/* exactly at *addr */
#define VMFS_ANY_SPACE		1
#define VMFS_OPTIMAL_SPACE	2
#define VMFS_SUPER_SPACE	3

#define VM_INHERIT_SHARE	0
#define VM_INHERIT_COPY		1
#define VM_INHERIT_NONE		2

#define VM_FAULT_NORMAL		0
#define VM_FAULT_WIRE		1
#define VM_FAULT_DIRTY		2

#define vm_map_lock(map)		sx_xlock(&(map)->lock)
#define vm_map_unlock(map)		sx_xunlock(&(map)->lock)
#define vm_map_lock_read(map)		sx_slock(&(map)->lock)
#define vm_map_unlock_read(map)		sx_sunlock(&(map)->lock)
#define vm_map_lock_upgrade(map)	(!sx_try_upgrade(&(map)->lock))

void	vm_map_startup(void);
void	vm_map_entry_init(void);
void	vm_map_init(vm_map_t map, pmap_t pmap, vm_offset_t min, vm_offset_t max);
int	vm_map_insert(vm_map_t map, vm_object_t object, vm_ooffset_t offset, vm_offset_t start, vm_offset_t end,
	    vm_prot_t prot, vm_prot_t max, int cow);
int	vm_map_find(vm_map_t map, vm_object_t object, vm_ooffset_t offset, vm_offset_t *addr, vm_size_t length,
	    vm_offset_t max_addr, int find_space, vm_prot_t prot, vm_prot_t max, int cow);
int	vm_map_fixed(vm_map_t map, vm_object_t object, vm_ooffset_t offset, vm_offset_t start, vm_size_t length,
	    vm_prot_t prot, vm_prot_t max, int cow);
int	vm_map_findspace(vm_map_t map, vm_offset_t start, vm_size_t length, vm_offset_t *addr);
int	vm_map_remove(vm_map_t map, vm_offset_t start, vm_offset_t end);
int	vm_map_delete(vm_map_t map, vm_offset_t start, vm_offset_t end);
int	vm_map_protect(vm_map_t map, vm_offset_t start, vm_offset_t end, vm_prot_t new_prot, boolean_t set_max);
int	vm_map_stack(vm_map_t map, vm_offset_t top_minus_max, vm_size_t max_ssize, vm_prot_t prot, vm_prot_t max,
	    int cow);
int	vm_map_growstack(struct proc *p, vm_offset_t addr);
boolean_t vm_map_lookup_entry(vm_map_t map, vm_offset_t addr, vm_map_entry_t *entry);
int	vm_map_lookup(vm_map_t *map, vm_offset_t vaddr, vm_prot_t fault_type, vm_map_entry_t *out_entry,
	    vm_object_t *object, vm_pindex_t *pindex, vm_prot_t *out_prot, boolean_t *wired);
void	vm_map_lookup_done(vm_map_t map, vm_map_entry_t entry);
boolean_t vm_map_check_protection(vm_map_t map, vm_offset_t start, vm_offset_t end, vm_prot_t prot);
int	vm_map_to_errno(int result);

void	vm_map_entry_splay_lookup(vm_map_t map, vm_offset_t addr);
vm_map_entry_t vm_map_entry_create(void);
void	vm_map_entry_dispose(vm_map_entry_t entry);
void	vm_map_entry_link(vm_map_t map, vm_map_entry_t after, vm_map_entry_t entry);
void	vm_map_entry_unlink(vm_map_t map, vm_map_entry_t entry);
void	vm_map_clip(vm_map_t map, vm_map_entry_t entry, vm_offset_t start, vm_offset_t end);
int	vm_map_insert_entry(vm_map_t map, vm_map_entry_t prev, vm_object_t object, vm_ooffset_t offset, vm_offset_t start,
	    vm_offset_t end, vm_prot_t prot, vm_prot_t max, vm_eflags_t eflags, vm_inherit_t inherit);

void	vmspace0_init(void);			/* proc0's, sharing kernel_pmap: never entered by a user */
struct vmspace *vmspace_alloc(vm_offset_t min, vm_offset_t max);
struct vmspace *vmspace_fork(struct vmspace *vm1);
int	vmspace_exec(struct proc *p, vm_offset_t min, vm_offset_t max);
void	vmspace_exit(struct thread *td);
void	vmspace_free(struct vmspace *vm);
long	vmspace_resident_count(struct vmspace *vm);
extern struct vmspace vmspace0;

#endif
