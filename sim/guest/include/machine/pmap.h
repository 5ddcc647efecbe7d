/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The physical map: one per address space, a first-level table and the second-level tables under it.
 *
 * Locking: pvh_global_lock (rw, written) guards all pv lists and page attributes; pm_mtx guards the
 * map's tables.  The kernel's second-level tables are all made at boot and never go away.
 */
#ifndef MACHINE_PMAP_H
#define MACHINE_PMAP_H

#include <sys/types.h>
#include <sys/queue.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/rwlock.h>
#include <machine/pte.h>

#define PVF_WRITE	0x01	/* mapping may write */
#define PVF_WIRED	0x02
#define PVF_EXEC	0x04
#define PVF_MOD		0x10	/* page was written (page attribute) */
#define PVF_REF		0x20	/* page was used (page attribute) */

struct pv_entry {
	vm_offset_t		pv_va;
	u_int			pv_flags;
	TAILQ_ENTRY(pv_entry)	pv_list;
};

/* Mappings of one address space, 16 bytes each, carved from whole pages. */
#define PV_CHUNK_ENTRIES	252
struct pv_chunk {
	struct pmap		*pc_pmap;
	TAILQ_ENTRY(pv_chunk)	pc_list;
	uint32_t		pc_map[8];	/* 1 = free */
	u_int			pc_free;
	struct pv_entry		pc_pventry[PV_CHUNK_ENTRIES];
};
_Static_assert(sizeof(struct pv_chunk) <= 4096, "pv_chunk fits a page");

/* Machine-dependent part of a page: who maps it. */
struct md_page {
	TAILQ_HEAD(, pv_entry)	pv_list;
	u_int			pvh_attrs;
};

struct pmap_statistics {
	long			resident_count;
	long			wired_count;
};

/* One second-level table of the user part: where it is, and how many of its entries are in use. */
struct l2_bucket {
	pt_entry_t		*l2b_kva;
	vm_paddr_t		l2b_phys;
	u_short			l2b_l1idx;
	u_short			l2b_occupancy;
};

/* Sixteen neighbours of them. */
#define L2_BUCKET_LOG2		4
#define L2_BUCKET_SIZE		(1 << L2_BUCKET_LOG2)
#define L2_DTABLES		(0xc00 / L2_BUCKET_SIZE)
struct l2_dtable {
	u_int			l2_occupancy;
	struct l2_bucket	l2_bucket[L2_BUCKET_SIZE];
};

struct pmap {
	struct mtx		pm_mtx;
	pd_entry_t		*pm_l1;		/* kernel address of the first-level table */
	vm_paddr_t		pm_l1_pa;
	struct l2_dtable	*pm_l2[L2_DTABLES];	/* user part only */
	TAILQ_HEAD(, pv_chunk)	pm_pvchunk;
	struct pmap_statistics	pm_stats;
};
typedef struct pmap	*pmap_t;

extern struct pmap	kernel_pmap_store;
#define kernel_pmap	(&kernel_pmap_store)
extern vm_offset_t	virtual_avail, virtual_end;
extern struct rwlock	pvh_global_lock;

#define PMAP_LOCK(pm)		mtx_lock(&(pm)->pm_mtx)
#define PMAP_UNLOCK(pm)		mtx_unlock(&(pm)->pm_mtx)
#define PMAP_ASSERT_LOCKED(pm)	mtx_assert(&(pm)->pm_mtx, MA_OWNED)

#define pmap_resident_count(pm)	((pm)->pm_stats.resident_count)
#define pmap_wired_count(pm)	((pm)->pm_stats.wired_count)
#define vtophys(va)		pmap_kextract((vm_offset_t)(va))

int	pmap_fault_fixup(pmap_t pmap, vm_offset_t va, vm_prot_t ftype, int user);

/* Between the files of the pmap. */
#define L1_POOL_TABLES		128	/* address spaces there can be at once; they fill the 2 MiB below the kernel */
vm_offset_t pmap_bootstrap(vm_offset_t va, vm_size_t managed);
int	pmap_is_current(pmap_t pmap);
pt_entry_t *pmap_kernel_pte(vm_offset_t va);
struct l2_bucket *pmap_get_l2_bucket(pmap_t pmap, vm_offset_t va);
struct l2_bucket *pmap_alloc_l2_bucket(pmap_t pmap, vm_offset_t va);
void	pmap_free_l2_bucket(pmap_t pmap, struct l2_bucket *l2b, u_int count);
void	pmap_pte_sync(pt_entry_t *ptep, u_int count);
struct pv_entry *pmap_get_pv_entry(pmap_t pmap);
void	pmap_free_pv_entry(pmap_t pmap, struct pv_entry *pve);
struct pv_entry *pmap_find_pv(struct md_page *md, pmap_t pmap, vm_offset_t va);
pmap_t	pmap_of_pv(struct pv_entry *pve);
void	pmap_pv_init(void);
void	pmap_page_window_init(void);
void	bzero_page(vm_offset_t page);
void	bcopy_page(vm_offset_t src, vm_offset_t dst);

#endif
