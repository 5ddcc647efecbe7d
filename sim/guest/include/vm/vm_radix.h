/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A 16-way trie from page index to page: how an object finds its pages.
 *
 * The trie grows in height with the largest index.  Lookups never allocate.  Guarded by the object's lock.
 */
#ifndef VM_VM_RADIX_H
#define VM_VM_RADIX_H

#include <sys/types.h>

struct vm_radix {
	void		*rt_root;
	u_int		rt_height;	/* levels; 0 = empty */
};

void	vm_radix_init(void);
int	vm_radix_insert(struct vm_radix *rtree, struct vm_page *page);	/* 0 or ENOMEM */
struct vm_page *vm_radix_lookup(struct vm_radix *rtree, vm_pindex_t index);
void	vm_radix_remove(struct vm_radix *rtree, vm_pindex_t index);
void	vm_radix_reclaim_allnodes(struct vm_radix *rtree);

#endif
