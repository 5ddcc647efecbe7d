/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * UMA's upper half: zones, and the per-CPU cache of two buckets in front of the slabs.
 *
 * uma_zalloc() pops from the alloc bucket, else swaps in the free bucket, else takes a full bucket of the
 * zone or fills one from slabs.  uma_zfree() is the mirror image.  Locking: see vm/uma_int.h.
 */
#include <sys/systm.h>
#include <vm/uma_int.h>
#include <vm/vm_extern.h>

struct uma_zone uma_bucketzone, uma_slabzone;
static struct uma_zone uma_zones;		/* zones of zones */
static LIST_HEAD(, uma_zone) uma_all;
static struct mtx uma_mtx;			/* guards uma_all */

void
zone_ctor(uma_zone_t zone, const char *name, size_t size, int align, uint32_t flags)
{
	bzero(zone, sizeof(*zone));
	mtx_init(&zone->uz_lock, name, NULL, MTX_DEF);
	zone->uz_name = name;
	zone->uz_flags = flags;
	LIST_INIT(&zone->uz_part_slab);
	LIST_INIT(&zone->uz_free_slab);
	LIST_INIT(&zone->uz_full_slab);
	LIST_INIT(&zone->uz_buckets);
	zone_layout(zone, size, align);
	mtx_lock(&uma_mtx);
	LIST_INSERT_HEAD(&uma_all, zone, uz_link);
	mtx_unlock(&uma_mtx);
}

void
uma_startup(void)
{
	mtx_init(&uma_mtx, "UMA lock", NULL, MTX_DEF);
	LIST_INIT(&uma_all);
	zone_ctor(&uma_zones, "UMA Zones", sizeof(struct uma_zone), UMA_ALIGN_CACHE, UMA_ZFLAG_INTERNAL);
	zone_ctor(&uma_slabzone, "UMA Slabs", sizeof(struct uma_slab), UMA_ALIGN_PTR, UMA_ZFLAG_INTERNAL);
	zone_ctor(&uma_bucketzone, "UMA Buckets", sizeof(struct uma_bucket), UMA_ALIGN_PTR, UMA_ZFLAG_INTERNAL);
}

/* Never fails. */
uma_zone_t
uma_zcreate(const char *name, size_t size, uma_ctor ctor, uma_dtor dtor, uma_init init, uma_fini fini, int align,
    uint32_t flags)
{
	uma_zone_t zone = uma_zalloc(&uma_zones, M_WAITOK);

	zone_ctor(zone, name, size, align, flags);
	zone->uz_ctor = ctor;
	zone->uz_dtor = dtor;
	zone->uz_init = init;
	zone->uz_fini = fini;
	return (zone);
}

struct uma_bucket *
bucket_alloc(uma_zone_t zone, int flags)
{
	struct uma_bucket *bucket;

	if (zone->uz_flags & UMA_ZFLAG_INTERNAL)
		return (NULL);
	bucket = uma_zalloc(&uma_bucketzone, (flags & ~(M_ZERO | M_WAITOK)) | M_NOWAIT);
	if (bucket != NULL)
		bucket->ub_cnt = 0;
	return (bucket);
}

/* Puts the items of a bucket back into their slabs; the zone is locked. */
void
bucket_drain(uma_zone_t zone, struct uma_bucket *bucket)
{
	while (bucket->ub_cnt > 0)
		zone_slab_free_item(zone, bucket->ub_bucket[--bucket->ub_cnt]);
}

/* One item for the caller and, if a bucket can be had, some more for the cache. */
void *
zone_alloc_bucket(uma_zone_t zone, int flags)
{
	struct uma_cache *cache = &zone->uz_cpu;
	struct uma_bucket *bucket;
	void *item, *more;
	u_int fill = MIN(UMA_BUCKET_ENTRIES / 2, zone->uz_ipers);

	bucket = cache->uc_allocbucket;
	if (bucket == NULL)
		bucket = bucket_alloc(zone, flags);
	ZONE_LOCK(zone);
	cache->uc_allocbucket = bucket;
	item = zone_slab_alloc_item(zone, flags);
	while (item != NULL && bucket != NULL && (u_int)bucket->ub_cnt + 1 < fill &&
	    !(LIST_EMPTY(&zone->uz_part_slab) && LIST_EMPTY(&zone->uz_free_slab))) {
		if ((more = zone_slab_alloc_item(zone, flags)) == NULL)
			break;
		bucket->ub_bucket[bucket->ub_cnt++] = more;
	}
	ZONE_UNLOCK(zone);
	return (item);
}

/* An item of the per-CPU cache, or NULL. */
void *
cache_alloc(uma_zone_t zone)
{
	struct uma_cache *cache = &zone->uz_cpu;
	struct uma_bucket *bucket = cache->uc_allocbucket;

	if (bucket == NULL || bucket->ub_cnt == 0) {
		if (cache->uc_freebucket != NULL && cache->uc_freebucket->ub_cnt > 0) {
			cache->uc_allocbucket = cache->uc_freebucket;
			cache->uc_freebucket = bucket;
			bucket = cache->uc_allocbucket;
		} else if (!LIST_EMPTY(&zone->uz_buckets)) {
			ZONE_LOCK(zone);
			if (bucket != NULL)
				uma_zfree(&uma_bucketzone, bucket);
			bucket = LIST_FIRST(&zone->uz_buckets);
			LIST_REMOVE(bucket, ub_link);
			cache->uc_allocbucket = bucket;
			ZONE_UNLOCK(zone);
		} else
			return (NULL);
	}
	return (bucket->ub_bucket[--bucket->ub_cnt]);
}

/* NULL only without memory (M_NOWAIT), at the zone's limit, or if the constructor refuses. */
void *
uma_zalloc_arg(uma_zone_t zone, void *arg, int flags)
{
	void *item;

	critical_enter();
	item = cache_alloc(zone);
	if (item == NULL)
		item = zone_alloc_bucket(zone, flags);
	zone->uz_cpu.uc_allocs++;
	critical_exit();
	if (item == NULL) {
		if ((flags & M_WAITOK) && zone->uz_maxitems == 0)
			panic("uma_zalloc: out of kernel memory for zone %s", zone->uz_name);
		return (NULL);
	}
	if (zone->uz_ctor != NULL && zone->uz_ctor(item, zone->uz_size, arg, flags) != 0) {
		ZONE_LOCK(zone);
		zone_slab_free_item(zone, item);
		ZONE_UNLOCK(zone);
		return (NULL);
	}
	if (flags & M_ZERO)
		bzero(item, zone->uz_size);
	return (item);
}

/* Fills a freed item with junk. */
void
trash_dtor(void *mem, int size)
{
	uint32_t *p = mem;

	for (int n = size / (int)sizeof(*p); n > 0; n--)
		*p++ = UMA_JUNK;
}

/* Room in the free bucket for one more item; NULL without memory. */
struct uma_bucket *
cache_free_bucket(uma_zone_t zone)
{
	struct uma_cache *cache = &zone->uz_cpu;
	struct uma_bucket *bucket = cache->uc_freebucket;

	if (bucket != NULL && bucket->ub_cnt < UMA_BUCKET_ENTRIES)
		return (bucket);
	if (bucket != NULL) {
		ZONE_LOCK(zone);
		LIST_INSERT_HEAD(&zone->uz_buckets, bucket, ub_link);
		ZONE_UNLOCK(zone);
	}
	cache->uc_freebucket = bucket_alloc(zone, M_NOWAIT);
	return (cache->uc_freebucket);
}

void
uma_zfree_arg(uma_zone_t zone, void *item, void *arg)
{
	struct uma_bucket *bucket;

	if (item == NULL)
		return;
	if (zone->uz_dtor != NULL)
		zone->uz_dtor(item, zone->uz_size, arg);
	if (zone->uz_flags & UMA_ZONE_MALLOC)
		trash_dtor(item, zone->uz_size);
	critical_enter();
	zone->uz_cpu.uc_frees++;
	bucket = (zone->uz_flags & UMA_ZFLAG_INTERNAL) ? NULL : cache_free_bucket(zone);
	if (bucket != NULL)
		bucket->ub_bucket[bucket->ub_cnt++] = item;
	else {
		ZONE_LOCK(zone);
		zone_slab_free_item(zone, item);
		ZONE_UNLOCK(zone);
	}
	critical_exit();
}

/* Empties cache and buckets and gives free slabs back. */
void
zone_drain(uma_zone_t zone)
{
	struct uma_cache *cache = &zone->uz_cpu;
	struct uma_bucket *bucket;

	ZONE_LOCK(zone);
	if (cache->uc_allocbucket != NULL)
		bucket_drain(zone, cache->uc_allocbucket);
	if (cache->uc_freebucket != NULL)
		bucket_drain(zone, cache->uc_freebucket);
	while ((bucket = LIST_FIRST(&zone->uz_buckets)) != NULL) {
		LIST_REMOVE(bucket, ub_link);
		bucket_drain(zone, bucket);
		uma_zfree(&uma_bucketzone, bucket);
	}
	zone_drain_slabs(zone);
	ZONE_UNLOCK(zone);
}

/* Memory is short: every zone gives back what it does not use. */
void
uma_reclaim(void)
{
	uma_zone_t zone;

	LIST_FOREACH(zone, &uma_all, uz_link)
		if ((zone->uz_flags & UMA_ZFLAG_INTERNAL) == 0)
			zone_drain(zone);
	zone_drain(&uma_slabzone);
	zone_drain(&uma_bucketzone);
}

/* All items must have been freed. */
void
uma_zdestroy(uma_zone_t zone)
{
	struct uma_cache *cache = &zone->uz_cpu;

	zone_drain(zone);
	KASSERT(zone->uz_items == 0, ("uma_zdestroy: zone %s still has %u items in use", zone->uz_name, zone->uz_items));
	uma_zfree(&uma_bucketzone, cache->uc_allocbucket);
	uma_zfree(&uma_bucketzone, cache->uc_freebucket);
	mtx_lock(&uma_mtx);
	LIST_REMOVE(zone, uz_link);
	mtx_unlock(&uma_mtx);
	mtx_destroy(&zone->uz_lock);
	uma_zfree(&uma_zones, zone);
}

int
uma_zone_set_max(uma_zone_t zone, int max)
{
	zone->uz_maxitems = max;
	return (max);
}

/* Items in use. */
int
uma_zone_get_cur(uma_zone_t zone)
{
	return ((int)(zone->uz_cpu.uc_allocs - zone->uz_cpu.uc_frees));
}

void
uma_print_stats(void)
{
	uma_zone_t zone;

	LIST_FOREACH(zone, &uma_all, uz_link)
		printf("%-20s size %5u used %6d pages %5u\n", zone->uz_name, zone->uz_size, uma_zone_get_cur(zone),
		    zone->uz_pages);
}
