/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * malloc, as a -CURRENT libc of 2015 behaves: every allocation is filled with 0xa5 over its whole
 * rounded size, huge ones too (that is what touches all of dd's buffer before its first read), and
 * freed memory with 0x5a.  MALLOC_CONF=junk:false in the environment, a lower-case j in
 * MALLOC_OPTIONS or in _malloc_options turns the filling off; an upper-case J on.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "malloc_impl.h"

#define JUNK_ALLOC 0xa5
#define JUNK_FREE 0x5a

const char *_malloc_options = "";

static bool started;
static bool junk = true;

static void
set_flags(const char *flags)
{
	for (; flags != NULL && *flags != '\0'; flags++)
		if (*flags == 'j' || *flags == 'J')
			junk = *flags == 'J';
}

static void
malloc_init(void)
{
	const char *conf = getenv("MALLOC_CONF");

	started = true;
	set_flags(_malloc_options);
	set_flags(getenv("MALLOC_OPTIONS"));
	for (; conf != NULL && *conf != '\0'; conf = *conf == ',' ? conf + 1 : conf) {
		size_t length = 0;

		while (conf[length] != '\0' && conf[length] != ',')
			length++;
		if (length == 10 && strncmp(conf, "junk:false", length) == 0)
			junk = false;
		if (length == 9 && strncmp(conf, "junk:true", length) == 0)
			junk = true;
		conf += length;
	}
}

/* Return memory and its usable size; *zeroed tells whether it is known to be zero. */
static void *
allocate(size_t size, size_t *usable, bool *zeroed)
{
	void *p;

	if (!started)
		malloc_init();
	if (size == 0)
		size = 1;
	*zeroed = size > LARGE_MAX;
	if (size <= SMALL_MAX) {
		*usable = small_round(size);
		p = small_alloc(size);
	} else if (size <= LARGE_MAX) {
		*usable = ROUND_UP(size, MALLOC_PAGE);
		p = run_alloc(*usable / MALLOC_PAGE, PAGE_LARGE);
	} else {
		*usable = ROUND_UP(size, CHUNK_BYTES);
		p = huge_alloc(size);
	}
	if (p == NULL)
		errno = ENOMEM;
	return (p);
}

void *
malloc(size_t size)
{
	size_t usable;
	bool zeroed;
	void *p = allocate(size, &usable, &zeroed);

	if (p != NULL && junk)
		memset(p, JUNK_ALLOC, usable);
	return (p);
}

void *
calloc(size_t n, size_t width)
{
	unsigned long long bytes = (unsigned long long)n * width;
	size_t usable;
	bool zeroed;
	void *p;

	if (bytes > SIZE_MAX) {
		errno = ENOMEM;
		return (NULL);
	}
	p = allocate(bytes, &usable, &zeroed);
	if (p != NULL && !zeroed)
		memset(p, 0, usable);
	return (p);
}

static bool
is_huge(void *p)
{
	return (((uintptr_t)p & (CHUNK_BYTES - 1)) == 0);
}

static size_t
usable_size(void *p)
{
	struct page *page;
	void *run;

	if (is_huge(p))
		return (huge_size(p));
	page = run_page(p, &run);
	return (page->kind == PAGE_SMALL ? small_size(run) : page->value * MALLOC_PAGE);
}

/* Free what malloc gave; anything else ends the program, as libc's assertions do. */
void
free(void *p)
{
	struct page *page;
	void *run;

	if (p == NULL)
		return;
	if (is_huge(p)) {
		if (!huge_free(p))
			abort();
		return;
	}
	page = run_page(p, &run);
	if (junk)
		memset(p, JUNK_FREE, usable_size(p));
	if (page->kind == PAGE_SMALL)
		small_free(run, p);
	else if (page->kind == PAGE_LARGE)
		run_free(run);
	else
		abort();
}

/* Resize in place when the rounded size allows it, else move. */
void *
realloc(void *p, size_t size)
{
	size_t old;
	void *moved;

	if (p == NULL)
		return (malloc(size));
	old = usable_size(p);
	if (size <= old && size > old / 2)
		return (p);
	moved = malloc(size);
	if (moved == NULL)
		return (NULL);
	memcpy(moved, p, size < old ? size : old);
	free(p);
	return (moved);
}
