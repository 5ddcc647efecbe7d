/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of malloc share.  Memory comes in chunks of 4 MiB; a chunk's header
 * maps its other pages to runs: of small regions (one size class each) or one large allocation.
 * Anything that does not fit in a chunk is huge and has a mapping of its own.
 * No locking: a process has one thread.
 */
#ifndef MALLOC_IMPL_H
#define MALLOC_IMPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MALLOC_PAGE 4096u
#define CHUNK_BYTES (4u << 20)
#define CHUNK_PAGES (CHUNK_BYTES / MALLOC_PAGE)
#define LARGE_MAX (CHUNK_BYTES - HEADER_PAGES * MALLOC_PAGE)
#define SMALL_MAX 2048u

#define HIDDEN __attribute__((visibility("hidden")))
#define CHUNK_OF(p) ((struct chunk *)((uintptr_t)(p) & ~(CHUNK_BYTES - 1)))
#define ROUND_UP(n, unit) (((n) + (unit) - 1) & ~((unit) - 1))

enum page_kind { PAGE_FREE, PAGE_SMALL, PAGE_LARGE, PAGE_HEADER };

struct page {
	uint8_t kind;		/* enum page_kind */
	uint8_t first;		/* nonzero on the first page of a run */
	uint16_t value;		/* first page: pages in the run; others: pages back to it */
};

#define HEADER_PAGES 2u		/* the page map takes one page, the link the next */

struct chunk {
	struct page pages[CHUNK_PAGES];
	struct chunk *next;
};

/* malloc_chunk.c */
HIDDEN void *chunk_map(size_t size);
HIDDEN void *run_alloc(unsigned int npages, enum page_kind kind);
HIDDEN void run_free(void *run);
HIDDEN struct page *run_page(void *p, void **run);
HIDDEN void *huge_alloc(size_t size);
HIDDEN bool huge_free(void *p);
HIDDEN size_t huge_size(void *p);

/* malloc_small.c */
HIDDEN void *small_alloc(size_t size);
HIDDEN void small_free(void *run, void *p);
HIDDEN size_t small_round(size_t size);
HIDDEN size_t small_size(void *run);

#endif
