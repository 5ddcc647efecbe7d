/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where malloc's memory comes from: chunk-aligned mappings, runs of pages in a chunk (first fit),
 * and huge allocations, each its own mapping with a node in a list.  Chunks are never unmapped.
 */
#include <stdlib.h>
#include <sys/mman.h>

#include "malloc_impl.h"

struct huge {
	struct huge *next;
	void *address;
	size_t size;
};

static struct chunk *chunks;
static struct huge *huges;

static void *
map_pages(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);

	return (p == MAP_FAILED ? NULL : p);
}

/* Return a zeroed mapping of size bytes aligned to a chunk, or NULL: maps more and trims if it has to. */
void *
chunk_map(size_t size)
{
	char *p = map_pages(size), *start;
	size_t excess = CHUNK_BYTES - MALLOC_PAGE, lead;

	if (p == NULL || ((uintptr_t)p & (CHUNK_BYTES - 1)) == 0)
		return (p);
	munmap(p, size);
	if (size + excess < size)
		return (NULL);
	p = map_pages(size + excess);
	if (p == NULL)
		return (NULL);
	start = (char *)ROUND_UP((uintptr_t)p, CHUNK_BYTES);
	lead = start - p;
	if (lead != 0)
		munmap(p, lead);
	if (lead != excess)
		munmap(start + size, excess - lead);
	return (start);
}

static struct chunk *
chunk_new(void)
{
	struct chunk *chunk = chunk_map(CHUNK_BYTES);
	unsigned int i;

	if (chunk == NULL)
		return (NULL);
	for (i = 0; i < HEADER_PAGES; i++)
		chunk->pages[i].kind = PAGE_HEADER;
	chunk->next = chunks;
	chunks = chunk;
	return (chunk);
}

static void *
run_take(struct chunk *chunk, unsigned int first, unsigned int npages, enum page_kind kind)
{
	unsigned int i;

	for (i = 0; i < npages; i++)
		chunk->pages[first + i] = (struct page){ kind, i == 0, i == 0 ? npages : i };
	return ((char *)chunk + first * MALLOC_PAGE);
}

static void *
run_find(struct chunk *chunk, unsigned int npages, enum page_kind kind)
{
	unsigned int i, found = 0;

	for (i = HEADER_PAGES; i < CHUNK_PAGES; i++) {
		found = chunk->pages[i].kind == PAGE_FREE ? found + 1 : 0;
		if (found == npages)
			return (run_take(chunk, i + 1 - npages, npages, kind));
	}
	return (NULL);
}

/* Return a run of pages for small regions or for one large allocation, or NULL. */
void *
run_alloc(unsigned int npages, enum page_kind kind)
{
	struct chunk *chunk;
	void *run;

	for (chunk = chunks; chunk != NULL; chunk = chunk->next)
		if ((run = run_find(chunk, npages, kind)) != NULL)
			return (run);
	chunk = chunk_new();
	return (chunk == NULL ? NULL : run_find(chunk, npages, kind));
}

void
run_free(void *run)
{
	void *first;
	struct page *page = run_page(run, &first);
	unsigned int i, npages = page->value;

	for (i = 0; i < npages; i++)
		page[i] = (struct page){ PAGE_FREE, 0, 0 };
}

/* Return the map entry of the first page of the run that p points into, and the run in *run. */
struct page *
run_page(void *p, void **run)
{
	struct chunk *chunk = CHUNK_OF(p);
	unsigned int index = ((uintptr_t)p - (uintptr_t)chunk) / MALLOC_PAGE;

	if (!chunk->pages[index].first)
		index -= chunk->pages[index].value;
	*run = (char *)chunk + index * MALLOC_PAGE;
	return (&chunk->pages[index]);
}

/* Return a mapping of whole chunks for size bytes, or NULL; it is zeroed. */
void *
huge_alloc(size_t size)
{
	size_t rounded = ROUND_UP(size, CHUNK_BYTES);
	struct huge *node;

	if (rounded < size)
		return (NULL);
	node = small_alloc(sizeof(*node));
	if (node == NULL)
		return (NULL);
	node->size = rounded;
	node->address = chunk_map(rounded);
	if (node->address == NULL) {
		free(node);
		return (NULL);
	}
	node->next = huges;
	huges = node;
	return (node->address);
}

/* Unmap a huge allocation; false if p is none. */
bool
huge_free(void *p)
{
	struct huge **link, *node;

	for (link = &huges; (node = *link) != NULL; link = &node->next) {
		if (node->address != p)
			continue;
		*link = node->next;
		munmap(p, node->size);
		free(node);
		return (true);
	}
	return (false);
}

/* Return the bytes of a huge allocation, 0 if p is none. */
size_t
huge_size(void *p)
{
	struct huge *node;

	for (node = huges; node != NULL; node = node->next)
		if (node->address == p)
			return (node->size);
	return (0);
}
