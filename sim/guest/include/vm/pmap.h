/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine-independent interface of the physical map.  Preconditions are those of pmap(9).
 */
#ifndef VM_PMAP_H
#define VM_PMAP_H

#include <vm/vm.h>
#include <machine/pmap.h>

#define PMAP_ENTER_NOSLEEP	0x0100
#define PMAP_ENTER_WIRED	0x0200

void	pmap_init(void);
void	pmap_init_zones(void);
void	*pmap_mapdev(vm_paddr_t pa, vm_size_t size);	/* devices are mapped for good: says where */
int	pmap_pinit(pmap_t pmap);		/* 0 if there is no first-level table left */
void	pmap_pinit0(pmap_t pmap);
void	pmap_release(pmap_t pmap);
void	pmap_activate(struct thread *td);
int	pmap_enter(pmap_t pmap, vm_offset_t va, vm_page_t m, vm_prot_t prot, u_int flags);	/* flags: access type, PMAP_ENTER_* */
void	pmap_remove(pmap_t pmap, vm_offset_t sva, vm_offset_t eva);
void	pmap_remove_pages(pmap_t pmap);		/* everything the user mapped */
void	pmap_remove_all(vm_page_t m);
void	pmap_protect(pmap_t pmap, vm_offset_t sva, vm_offset_t eva, vm_prot_t prot);
vm_paddr_t pmap_extract(pmap_t pmap, vm_offset_t va);		/* 0 if unmapped */
vm_paddr_t pmap_kextract(vm_offset_t va);
void	pmap_kenter(vm_offset_t va, vm_paddr_t pa);
void	pmap_kenter_ro(vm_offset_t va, vm_paddr_t pa);
void	pmap_kremove(vm_offset_t va);
void	pmap_qenter(vm_offset_t va, vm_page_t *m, int count);
void	pmap_qremove(vm_offset_t va, int count);
void	pmap_zero_page(vm_page_t m);
void	pmap_copy_page(vm_page_t src, vm_page_t dst);
boolean_t pmap_page_is_mapped(vm_page_t m);

#endif
