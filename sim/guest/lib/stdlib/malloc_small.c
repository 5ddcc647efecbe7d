/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Small allocations: runs of one or four pages hold regions of one size class, with a bitmap of
 * the free ones in the run's header.  Runs that have a free region are listed by class.
 */
#include "malloc_impl.h"

#define BITMAP_WORDS 8

struct run {
	struct run *next, *prev;	/* runs of the class that have a free region */
	uint16_t class;
	uint16_t nfree;
	uint16_t nregions;
	uint32_t free_bits[BITMAP_WORDS];
};

#define REGIONS_OFFSET ROUND_UP(sizeof(struct run), 16u)

static const uint16_t class_bytes[] = {
	16, 32, 48, 64, 80, 96, 112, 128, 192, 256, 320, 384, 448, 512, 768, 1024, 1536, 2048,
};
#define NCLASSES (sizeof(class_bytes) / sizeof(class_bytes[0]))

static struct run *available[NCLASSES];

static unsigned int
class_of(size_t size)
{
	unsigned int class = 0;

	while (class_bytes[class] < size)
		class++;
	return (class);
}

static void
run_list(struct run *run)
{
	run->prev = NULL;
	run->next = available[run->class];
	if (run->next != NULL)
		run->next->prev = run;
	available[run->class] = run;
}

static void
run_unlist(struct run *run)
{
	if (run->prev != NULL)
		run->prev->next = run->next;
	else
		available[run->class] = run->next;
	if (run->next != NULL)
		run->next->prev = run->prev;
}

static struct run *
run_new(unsigned int class)
{
	unsigned int npages = class_bytes[class] <= 512 ? 1 : 4, i;
	struct run *run = run_alloc(npages, PAGE_SMALL);

	if (run == NULL)
		return (NULL);
	run->class = class;
	run->nregions = run->nfree = (npages * MALLOC_PAGE - REGIONS_OFFSET) / class_bytes[class];
	for (i = 0; i < BITMAP_WORDS; i++)
		run->free_bits[i] = 0;
	for (i = 0; i < run->nregions; i++)
		run->free_bits[i / 32] |= 1u << i % 32;
	run_list(run);
	return (run);
}

/* Return a region of at least size (1..SMALL_MAX) bytes with unspecified contents, or NULL. */
void *
small_alloc(size_t size)
{
	unsigned int class = class_of(size), word = 0, bit;
	struct run *run = available[class];

	if (run == NULL && (run = run_new(class)) == NULL)
		return (NULL);
	while (run->free_bits[word] == 0)
		word++;
	bit = __builtin_ctz(run->free_bits[word]);
	run->free_bits[word] &= ~(1u << bit);
	if (--run->nfree == 0)
		run_unlist(run);
	return ((char *)run + REGIONS_OFFSET + (word * 32 + bit) * class_bytes[class]);
}

/* Give a region back; a run that becomes empty returns its pages. */
void
small_free(void *memory, void *p)
{
	struct run *run = memory;
	unsigned int index = ((char *)p - (char *)run - REGIONS_OFFSET) / class_bytes[run->class];

	run->free_bits[index / 32] |= 1u << index % 32;
	if (run->nfree++ == 0)
		run_list(run);
	if (run->nfree == run->nregions) {
		run_unlist(run);
		run_free(run);
	}
}

/* Return the bytes a small request really gets. */
size_t
small_round(size_t size)
{
	return (class_bytes[class_of(size)]);
}

/* Return the bytes of each region in a run. */
size_t
small_size(void *run)
{
	return (class_bytes[((struct run *)run)->class]);
}
