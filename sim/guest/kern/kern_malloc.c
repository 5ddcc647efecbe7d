/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * malloc(9): sizes up to 64 KiB come from a power-of-two UMA zone, larger ones straight from kernel
 * memory.  Freed memory is filled with junk.
 *
 * The statistics of a type are updated inside a critical section.
 */
#include <sys/systm.h>
#include <sys/malloc.h>
#include <vm/uma.h>
#include <vm/uma_int.h>
#include <vm/vm_extern.h>

#define KMEM_ZSHIFT	4
#define KMEM_ZBASE	16
#define KMEM_ZMASK	(KMEM_ZBASE - 1)
#define KMEM_ZMAX	65536
#define KMEM_ZSIZE	(KMEM_ZMAX >> KMEM_ZSHIFT)

static uint8_t kmemsize[KMEM_ZSIZE + 1];	/* size in 16-byte units -> zone number */

static struct {
	int		kz_size;
	const char	*kz_name;
	uma_zone_t	kz_zone;
} kmemzones[] = {
	{ 16, "16", NULL }, { 32, "32", NULL }, { 64, "64", NULL }, { 128, "128", NULL }, { 256, "256", NULL },
	{ 512, "512", NULL }, { 1024, "1024", NULL }, { 2048, "2048", NULL }, { 4096, "4096", NULL },
	{ 8192, "8192", NULL }, { 16384, "16384", NULL }, { 32768, "32768", NULL }, { 65536, "65536", NULL },
};

MALLOC_DEFINE(M_TEMP, "temp", "misc temporary data buffers");
MALLOC_DEFINE(M_DEVBUF, "devbuf", "device driver memory");
MALLOC_DEFINE(M_CACHE, "cache", "various dynamically allocated caches");

void
kmeminit(void)
{
	u_int i = 0;

	for (u_int z = 0; z < nitems(kmemzones); z++) {
		kmemzones[z].kz_zone = uma_zcreate(kmemzones[z].kz_name, kmemzones[z].kz_size, NULL, NULL, NULL, NULL,
		    UMA_ALIGN_PTR, UMA_ZONE_MALLOC);
		for (; i <= (u_int)kmemzones[z].kz_size >> KMEM_ZSHIFT; i++)
			kmemsize[i] = (uint8_t)z;
	}
}

void	(*dtrace_malloc_probe)(uint32_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t);

/* Fires dtmalloc::TYPE:malloc or :free. */
void
malloc_type_probe(struct malloc_type *type, int which, unsigned long size)
{
	struct malloc_type_internal *mtip = type->ks_handle;
	int zindx = size <= KMEM_ZMAX ? kmemsize[(size + KMEM_ZMASK) >> KMEM_ZSHIFT] : -1;

	if (dtrace_malloc_probe != NULL)
		(*dtrace_malloc_probe)(mtip->mti_probes[which], (uintptr_t)type, (uintptr_t)mtip,
		    (uintptr_t)&mtip->mti_stats[curcpu], size, which == DTMALLOC_PROBE_MALLOC ? (uintptr_t)zindx : 0);
}

void
malloc_type_allocated(struct malloc_type *type, unsigned long size)
{
	struct malloc_type_internal *mtip = type->ks_handle;

	critical_enter();
	mtip->mti_stats[curcpu].mts_numallocs++;
	mtip->mti_stats[curcpu].mts_memalloced += size;
	if (__predict_false(mtip->mti_probes[DTMALLOC_PROBE_MALLOC] != 0))
		malloc_type_probe(type, DTMALLOC_PROBE_MALLOC, size);
	critical_exit();
}

void
malloc_type_freed(struct malloc_type *type, unsigned long size)
{
	struct malloc_type_internal *mtip = type->ks_handle;

	critical_enter();
	mtip->mti_stats[curcpu].mts_numfrees++;
	mtip->mti_stats[curcpu].mts_memfreed += size;
	if (__predict_false(mtip->mti_probes[DTMALLOC_PROBE_FREE] != 0))
		malloc_type_probe(type, DTMALLOC_PROBE_FREE, size);
	critical_exit();
}

/* With M_WAITOK never returns NULL; with M_NOWAIT NULL means there is none. */
void *
malloc(unsigned long size, struct malloc_type *type, int flags)
{
	unsigned long rounded;
	void *va;

	if (size <= KMEM_ZMAX) {
		int z = kmemsize[(size + KMEM_ZMASK) >> KMEM_ZSHIFT];

		va = uma_zalloc(kmemzones[z].kz_zone, flags);
		rounded = kmemzones[z].kz_size;
	} else {
		rounded = round_page(size);
		va = uma_large_malloc(rounded, flags);
	}
	if (va != NULL)
		malloc_type_allocated(type, rounded);
	else if (flags & M_WAITOK)
		panic("malloc: out of kernel memory for %lu bytes of %s", size, type->ks_shortdesc);
	return (va);
}

/* addr may be NULL. */
void
free(void *addr, struct malloc_type *type)
{
	uma_slab_t slab;
	unsigned long size;

	if (addr == NULL)
		return;
	slab = vtoslab((vm_offset_t)addr & ~UMA_SLAB_MASK);
	if (slab == NULL)
		panic("free: address %p was not allocated by malloc", addr);
	if ((slab->us_flags & UMA_SLAB_MALLOC) == 0) {
		size = slab->us_zone->uz_size;
		uma_zfree_arg(slab->us_zone, addr, slab);
	} else {
		size = slab->us_size;
		uma_large_free(slab);
	}
	malloc_type_freed(type, size);
}

unsigned long
malloc_usable_size(void *addr)
{
	uma_slab_t slab = vtoslab((vm_offset_t)addr & ~UMA_SLAB_MASK);

	if (slab == NULL)
		panic("realloc: address %p was not allocated by malloc", addr);
	return ((slab->us_flags & UMA_SLAB_MALLOC) ? slab->us_size : slab->us_zone->uz_size);
}

/* addr may be NULL; on failure (M_NOWAIT) addr stays allocated. */
void *
realloc(void *addr, unsigned long size, struct malloc_type *type, int flags)
{
	unsigned long old;
	void *fresh;

	if (addr == NULL)
		return (malloc(size, type, flags));
	old = malloc_usable_size(addr);
	if (size <= old && size > old / 2)
		return (addr);
	if ((fresh = malloc(size, type, flags)) == NULL)
		return (NULL);
	bcopy(addr, fresh, MIN(size, old));
	free(addr, type);
	return (fresh);
}
