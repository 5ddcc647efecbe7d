/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Zeroing and copying pages that nobody has mapped, through two addresses of the kernel's.
 *
 * Locking: czpage_lock guards the two addresses.
 */
#include <sys/systm.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_page.h>
#include <vm/pmap.h>

static struct mtx czpage_lock;
static vm_offset_t czpage_src, czpage_dst;

void
pmap_page_window_init(void)
{
	mtx_init(&czpage_lock, "czpages", NULL, MTX_DEF);
	czpage_src = kva_alloc(PAGE_SIZE);
	czpage_dst = kva_alloc(PAGE_SIZE);
}

/* Fills a page with zeroes and takes it out of both caches: both, as FreeBSD's pmap-v6.c does for any page. */
void
pmap_zero_page(vm_page_t m)
{
	mtx_lock(&czpage_lock);
	pmap_kenter(czpage_dst, VM_PAGE_TO_PHYS(m));
	bzero_page(czpage_dst);
	cpu_idcache_wbinv_range(czpage_dst, PAGE_SIZE);
	pmap_kremove(czpage_dst);
	mtx_unlock(&czpage_lock);
}

void
pmap_copy_page(vm_page_t src, vm_page_t dst)
{
	mtx_lock(&czpage_lock);
	pmap_kenter_ro(czpage_src, VM_PAGE_TO_PHYS(src));
	pmap_kenter(czpage_dst, VM_PAGE_TO_PHYS(dst));
	bcopy_page(czpage_src, czpage_dst);
	cpu_idcache_wbinv_range(czpage_dst, PAGE_SIZE);
	pmap_kremove(czpage_src);
	pmap_kremove(czpage_dst);
	mtx_unlock(&czpage_lock);
}
