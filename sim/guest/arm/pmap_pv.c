/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who maps a page: every mapping of a managed page has a pv_entry on the page's list.
 *
 * Entries live in chunks of one page per pmap, so that an exiting process finds all it mapped without
 * walking its tables.  Locking: pvh_global_lock written, and for a pmap's chunks its pm_mtx.
 */
#include <sys/systm.h>
#include <sys/malloc.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_page.h>
#include <vm/pmap.h>
#include <vm/uma.h>

static uma_zone_t pvchunk_zone;

#define pv_to_chunk(pv)	((struct pv_chunk *)((uintptr_t)(pv) & ~(uintptr_t)PAGE_MASK))

void
pmap_pv_init(void)
{
	pvchunk_zone = uma_zcreate("PV CHUNK", PAGE_SIZE, NULL, NULL, NULL, NULL, PAGE_SIZE - 1, UMA_ZONE_VM);
}

pmap_t
pmap_of_pv(struct pv_entry *pve)
{
	return (pv_to_chunk(pve)->pc_pmap);
}

struct pv_chunk *
pmap_new_pv_chunk(pmap_t pmap)
{
	struct pv_chunk *pc = uma_zalloc(pvchunk_zone, M_NOWAIT);

	if (pc == NULL)
		return (NULL);
	pc->pc_pmap = pmap;
	pc->pc_free = PV_CHUNK_ENTRIES;
	for (u_int i = 0; i < nitems(pc->pc_map); i++)
		pc->pc_map[i] = 0xffffffff;
	pc->pc_map[nitems(pc->pc_map) - 1] >>= nitems(pc->pc_map) * 32 - PV_CHUNK_ENTRIES;
	TAILQ_INSERT_HEAD(&pmap->pm_pvchunk, pc, pc_list);
	return (pc);
}

/* NULL without memory.  Chunks with room are kept at the head of the list. */
struct pv_entry *
pmap_get_pv_entry(pmap_t pmap)
{
	struct pv_chunk *pc = TAILQ_FIRST(&pmap->pm_pvchunk);
	int field, bit;

	if (pc == NULL || pc->pc_free == 0) {
		if ((pc = pmap_new_pv_chunk(pmap)) == NULL)
			return (NULL);
	}
	for (field = 0; pc->pc_map[field] == 0; field++)
		continue;
	bit = ffs((int)pc->pc_map[field]) - 1;
	pc->pc_map[field] &= ~(1u << bit);
	if (--pc->pc_free == 0) {
		TAILQ_REMOVE(&pmap->pm_pvchunk, pc, pc_list);
		TAILQ_INSERT_TAIL(&pmap->pm_pvchunk, pc, pc_list);
	}
	return (&pc->pc_pventry[field * 32 + bit]);
}

void
pmap_free_pv_entry(pmap_t pmap, struct pv_entry *pve)
{
	struct pv_chunk *pc = pv_to_chunk(pve);
	u_int i = pve - pc->pc_pventry;

	pc->pc_map[i / 32] |= 1u << (i % 32);
	pc->pc_free++;
	TAILQ_REMOVE(&pmap->pm_pvchunk, pc, pc_list);
	if (pc->pc_free == PV_CHUNK_ENTRIES)
		uma_zfree(pvchunk_zone, pc);
	else
		TAILQ_INSERT_HEAD(&pmap->pm_pvchunk, pc, pc_list);
}

/* The mapping of a page at va of pmap, or NULL. */
struct pv_entry *
pmap_find_pv(struct md_page *md, pmap_t pmap, vm_offset_t va)
{
	struct pv_entry *pve;

	TAILQ_FOREACH(pve, &md->pv_list, pv_list)
		if (pve->pv_va == va && pmap_of_pv(pve) == pmap)
			return (pve);
	return (NULL);
}

boolean_t
pmap_page_is_mapped(vm_page_t m)
{
	return (!TAILQ_EMPTY(&m->md.pv_list));
}
