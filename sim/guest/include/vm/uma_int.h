/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside UMA: a zone takes pages as slabs, hands items out through buckets.
 *
 * Locking: uz_lock guards the slab lists, the full buckets and the counts; the per-CPU cache is used
 * inside a critical section only.
 */
#ifndef VM_UMA_INT_H
#define VM_UMA_INT_H

#include <vm/vm.h>
#include <vm/uma.h>
#include <sys/queue.h>
#include <sys/lock.h>
#include <sys/mutex.h>

#define UMA_SLAB_MASK		(UMA_SLAB_SIZE - 1)
#define UMA_BUCKET_ENTRIES	29			/* makes a bucket 128 bytes */
#define UMA_SLAB_ITEMS		256			/* of 16 bytes */

/* us_flags */
#define UMA_SLAB_MALLOC		0x04			/* a large malloc(9), no zone */

/* uz_flags, besides those of uma.h */
#define UMA_ZFLAG_INTERNAL	0x20000000		/* no buckets: UMA's own zones */
#define UMA_ZFLAG_OFFPAGE	0x40000000		/* slab headers lie elsewhere */
#define UMA_JUNK		0xdeadc0deu

struct uma_bucket {
	LIST_ENTRY(uma_bucket)	ub_link;
	int			ub_cnt;
	void			*ub_bucket[UMA_BUCKET_ENTRIES];
};
_Static_assert(sizeof(struct uma_bucket) == 128, "uma_bucket");

struct uma_slab {
	LIST_ENTRY(uma_slab)	us_link;
	uma_zone_t		us_zone;
	uint8_t			*us_data;
	vm_size_t		us_size;		/* UMA_SLAB_MALLOC: bytes */
	uint16_t		us_freecount;
	uint8_t			us_flags;
	uint32_t		us_free[UMA_SLAB_ITEMS / 32];	/* 1 = free */
};
typedef struct uma_slab	*uma_slab_t;

struct uma_cache {
	struct uma_bucket	*uc_allocbucket;
	struct uma_bucket	*uc_freebucket;
	uint64_t		uc_allocs, uc_frees;
};

LIST_HEAD(uma_slablist, uma_slab);

struct uma_zone {
	struct mtx		uz_lock;
	const char		*uz_name;
	LIST_ENTRY(uma_zone)	uz_link;
	uint32_t		uz_flags;
	uint32_t		uz_size;		/* asked for */
	uint32_t		uz_rsize;		/* with alignment */
	uint32_t		uz_ppera;		/* pages of a slab */
	uint32_t		uz_ipers;		/* items of a slab */
	uma_ctor		uz_ctor;
	uma_dtor		uz_dtor;
	uma_init		uz_init;
	uma_fini		uz_fini;
	struct uma_slablist	uz_part_slab, uz_free_slab, uz_full_slab;
	LIST_HEAD(, uma_bucket)	uz_buckets;		/* full ones */
	uint32_t		uz_pages;
	uint32_t		uz_items;		/* taken from slabs: in use or in buckets */
	uint32_t		uz_maxitems;		/* 0 = no limit */
	struct uma_cache	uz_cpu;
};

#define ZONE_LOCK(z)	mtx_lock(&(z)->uz_lock)
#define ZONE_UNLOCK(z)	mtx_unlock(&(z)->uz_lock)

extern struct uma_zone	uma_bucketzone, uma_slabzone;

/* uma_core.c */
void	zone_ctor(uma_zone_t zone, const char *name, size_t size, int align, uint32_t flags);

/* uma_slab.c */
void	*zone_slab_alloc_item(uma_zone_t zone, int flags);	/* uz_lock held */
void	zone_slab_free_item(uma_zone_t zone, void *item);	/* uz_lock held */
void	zone_drain_slabs(uma_zone_t zone);			/* uz_lock held */
void	zone_layout(uma_zone_t zone, size_t size, int align);
uma_slab_t vtoslab(vm_offset_t va);
void	vsetslab(vm_offset_t va, uma_slab_t slab);
void	*uma_large_malloc(vm_size_t size, int flags);
void	uma_large_free(uma_slab_t slab);

#endif
