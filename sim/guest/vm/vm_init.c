/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bringing up the virtual memory system, layer by layer, once initarm() has made the page array.
 */
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_radix.h>
#include <vm/pmap.h>
#include <vm/uma.h>

struct vmmeter_count vm_cnt;

void
vm_mem_init(void)
{
	kmem_init(virtual_avail, virtual_end);
	pmap_init();
	uma_startup();
	kmeminit();
	vm_radix_init();
	vm_object_init();
	vm_map_startup();
	pmap_init_zones();
	kmem_init_zero_region();
}
SYSINIT(vm_mem, SI_SUB_VM, SI_ORDER_FIRST, vm_mem_init, NULL);
