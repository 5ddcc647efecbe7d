/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * UMA's lower half: slabs of pages, cut into items.
 *
 * The header of a slab lies in its last bytes, or in a zone of headers when that saves memory.  The page
 * of an item leads to the header (vtoslab).  Locking: the zone's lock, held by the callers.
 */
#include <sys/systm.h>
#include <vm/uma_int.h>
#include <vm/vm_page.h>
#include <vm/vm_extern.h>
#include <vm/pmap.h>

/* Chooses slab size and where the header goes. */
void
zone_layout(uma_zone_t zone, size_t size, int align)
{
	uint32_t rsize = MAX((uint32_t)(size + align) & ~(uint32_t)align, 16);
	uint32_t inside = UMA_SLAB_SIZE - sizeof(struct uma_slab);

	zone->uz_size = size;
	zone->uz_rsize = rsize;
	zone->uz_ppera = 1;
	if (rsize > UMA_SLAB_SIZE) {
		zone->uz_ppera = howmany(rsize, UMA_SLAB_SIZE);
		zone->uz_ipers = 1;
		zone->uz_flags |= UMA_ZFLAG_OFFPAGE;
		return;
	}
	zone->uz_ipers = MIN(inside / rsize, UMA_SLAB_ITEMS);
	if (UMA_SLAB_SIZE / rsize > zone->uz_ipers && UMA_SLAB_SIZE - zone->uz_ipers * rsize > UMA_SLAB_SIZE / 10) {
		zone->uz_ipers = UMA_SLAB_SIZE / rsize;
		zone->uz_flags |= UMA_ZFLAG_OFFPAGE;
	}
}

uma_slab_t
vtoslab(vm_offset_t va)
{
	vm_page_t m = PHYS_TO_VM_PAGE(pmap_kextract(va));

	return (m == NULL ? NULL : m->plinks.s.slab);
}

void
vsetslab(vm_offset_t va, uma_slab_t slab)
{
	PHYS_TO_VM_PAGE(pmap_kextract(va))->plinks.s.slab = slab;
}

int
slab_init_items(uma_zone_t zone, uma_slab_t slab, int flags)
{
	if (zone->uz_flags & UMA_ZONE_ZINIT)
		bzero(slab->us_data, zone->uz_ppera * PAGE_SIZE -
		    ((zone->uz_flags & UMA_ZFLAG_OFFPAGE) ? 0 : sizeof(*slab)));
	if (zone->uz_init == NULL)
		return (0);
	for (uint32_t i = 0; i < zone->uz_ipers; i++)
		if (zone->uz_init(slab->us_data + i * zone->uz_rsize, zone->uz_size, flags) != 0) {
			while (i-- > 0 && zone->uz_fini != NULL)
				zone->uz_fini(slab->us_data + i * zone->uz_rsize, zone->uz_size);
			return (ENOMEM);
		}
	return (0);
}

void
slab_release(uma_zone_t zone, uma_slab_t slab)
{
	vm_offset_t va = (vm_offset_t)slab->us_data;

	for (uint32_t i = 0; i < zone->uz_ppera; i++)
		vsetslab(va + i * PAGE_SIZE, NULL);
	if (zone->uz_flags & UMA_ZFLAG_OFFPAGE)
		uma_zfree(&uma_slabzone, slab);
	kmem_free(kmem_arena, va, zone->uz_ppera * PAGE_SIZE);
}

/* A new slab, all items free, on no list.  Drops the zone's lock while it gets memory. */
uma_slab_t
keg_alloc_slab(uma_zone_t zone, int flags)
{
	uma_slab_t slab = NULL;
	vm_offset_t va;

	ZONE_UNLOCK(zone);
	if (zone->uz_flags & UMA_ZFLAG_OFFPAGE) {
		slab = uma_zalloc(&uma_slabzone, flags & ~M_ZERO);
		if (slab == NULL)
			goto out;
	}
	va = kmem_malloc(kmem_arena, zone->uz_ppera * PAGE_SIZE, flags & ~(M_ZERO | M_WAITOK));
	if (va == 0) {
		if (slab != NULL)
			uma_zfree(&uma_slabzone, slab);
		slab = NULL;
		goto out;
	}
	if (slab == NULL)
		slab = (uma_slab_t)(va + UMA_SLAB_SIZE - sizeof(*slab));
	for (uint32_t i = 0; i < zone->uz_ppera; i++)
		vsetslab(va + i * PAGE_SIZE, slab);
	slab->us_zone = zone;
	slab->us_data = (uint8_t *)va;
	slab->us_size = 0;
	slab->us_flags = 0;
	slab->us_freecount = zone->uz_ipers;
	bzero(slab->us_free, sizeof(slab->us_free));
	for (uint32_t i = 0; i < zone->uz_ipers; i++)
		slab->us_free[i / 32] |= 1u << (i % 32);
	if (slab_init_items(zone, slab, flags) != 0) {
		slab_release(zone, slab);
		slab = NULL;
	}
out:
	ZONE_LOCK(zone);
	if (slab != NULL)
		zone->uz_pages += zone->uz_ppera;
	return (slab);
}

/* A slab with a free item, off its list; NULL without memory. */
uma_slab_t
keg_fetch_slab(uma_zone_t zone, int flags)
{
	uma_slab_t slab = LIST_FIRST(&zone->uz_part_slab);

	if (slab == NULL)
		slab = LIST_FIRST(&zone->uz_free_slab);
	if (slab != NULL)
		LIST_REMOVE(slab, us_link);
	else
		slab = keg_alloc_slab(zone, flags);
	return (slab);
}

void *
zone_slab_alloc_item(uma_zone_t zone, int flags)
{
	uma_slab_t slab;
	int i, bit;

	if (zone->uz_maxitems != 0 && zone->uz_items >= zone->uz_maxitems)
		return (NULL);
	if ((slab = keg_fetch_slab(zone, flags)) == NULL)
		return (NULL);
	for (i = 0; slab->us_free[i] == 0; i++)
		continue;
	bit = ffs((int)slab->us_free[i]) - 1;
	slab->us_free[i] &= ~(1u << bit);
	slab->us_freecount--;
	if (slab->us_freecount == 0)
		LIST_INSERT_HEAD(&zone->uz_full_slab, slab, us_link);
	else
		LIST_INSERT_HEAD(&zone->uz_part_slab, slab, us_link);
	zone->uz_items++;
	return (slab->us_data + (i * 32 + bit) * zone->uz_rsize);
}

void
zone_slab_free_item(uma_zone_t zone, void *item)
{
	uma_slab_t slab = vtoslab((vm_offset_t)item & ~UMA_SLAB_MASK);
	uint32_t i;

	if (slab == NULL || slab->us_zone != zone)
		panic("uma_zfree: %p is not an item of zone %s", item, zone->uz_name);
	i = ((uint8_t *)item - slab->us_data) / zone->uz_rsize;
	if (slab->us_free[i / 32] & (1u << (i % 32)))
		panic("uma_zfree: item %p of zone %s freed twice", item, zone->uz_name);
	slab->us_free[i / 32] |= 1u << (i % 32);
	slab->us_freecount++;
	LIST_REMOVE(slab, us_link);
	if (slab->us_freecount == zone->uz_ipers)
		LIST_INSERT_HEAD(&zone->uz_free_slab, slab, us_link);
	else
		LIST_INSERT_HEAD(&zone->uz_part_slab, slab, us_link);
	zone->uz_items--;
}

/* Gives wholly free slabs back. */
void
zone_drain_slabs(uma_zone_t zone)
{
	uma_slab_t slab;

	if (zone->uz_flags & UMA_ZONE_NOFREE)
		return;
	while ((slab = LIST_FIRST(&zone->uz_free_slab)) != NULL) {
		LIST_REMOVE(slab, us_link);
		zone->uz_pages -= zone->uz_ppera;
		for (uint32_t i = 0; zone->uz_fini != NULL && i < zone->uz_ipers; i++)
			zone->uz_fini(slab->us_data + i * zone->uz_rsize, zone->uz_size);
		slab_release(zone, slab);
	}
}

/* Whole pages for malloc(9), with a header of their own. */
void *
uma_large_malloc(vm_size_t size, int flags)
{
	uma_slab_t slab = uma_zalloc(&uma_slabzone, flags & ~M_ZERO);
	vm_offset_t va;

	if (slab == NULL)
		return (NULL);
	va = kmem_malloc(kmem_arena, size, flags);
	if (va == 0) {
		uma_zfree(&uma_slabzone, slab);
		return (NULL);
	}
	slab->us_zone = NULL;
	slab->us_data = (uint8_t *)va;
	slab->us_size = size;
	slab->us_flags = UMA_SLAB_MALLOC;
	vsetslab(va, slab);
	return ((void *)va);
}

void
uma_large_free(uma_slab_t slab)
{
	vm_offset_t va = (vm_offset_t)slab->us_data;

	vsetslab(va, NULL);
	kmem_free(kmem_arena, va, slab->us_size);
	uma_zfree(&uma_slabzone, slab);
}
