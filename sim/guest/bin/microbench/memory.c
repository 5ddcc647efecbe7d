/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory: the latency of dependent loads by working set and stride (LMBench's lat_mem_rd: the chain goes
 * downwards through the set), and the bandwidth of reading, writing, clearing and copying (bw_mem).
 *
 * rd, wr, rdwr and cp touch every fourth word, as bw_mem does, and count the bytes passed over; frd, fwr and fcp touch
 * all; bzero and bcopy are the C library's.  The target of cp and fcp lies SKEW bytes off the source's line, as
 * LMBench's does; bcopy's does not.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "bench.h"

#define	LOADS	64000
#define	AREA	(8 * MB)
#define	SKEW	120

/* The set as a ring, from its end to its start. */
static char **
link_chain(char *memory, uint32_t bytes, uint32_t stride)
{
	uint32_t count = bytes / stride;

	for (uint32_t i = 1; i < count; i++)
		*(char **)(memory + i * stride) = memory + (i - 1) * stride;
	*(char **)memory = memory + (count - 1) * stride;
	return ((char **)memory);
}

#define	FOLLOW4	p = (char **)*p; p = (char **)*p; p = (char **)*p; p = (char **)*p;
#define	FOLLOW16	FOLLOW4 FOLLOW4 FOLLOW4 FOLLOW4

static char **
follow(char **p, uint32_t loads)
{
	for (; loads > 0; loads -= 64) {
		FOLLOW16 FOLLOW16 FOLLOW16 FOLLOW16
		__asm volatile("" : "+r" (p));
	}
	return (p);
}

static void
latency_of(char *memory, uint32_t bytes, uint32_t stride)
{
	char **p = link_chain(memory, bytes, stride);
	uint32_t warm = (bytes / stride + 63) & ~63u;
	char name[40];
	uint64_t start;

	p = follow(p, warm > 2 * LOADS ? LOADS : 2 * warm);
	start = now_ns();
	p = follow(p, LOADS);
	snprintf(name, sizeof(name), "latency_%u_%u", stride, bytes);
	report(name, now_ns() - start, LOADS);
}

/* Every working set, at one stride or (0) at all; whether there is such a stride. */
int
bench_latency(uint32_t only)
{
	static const uint32_t sizes[] = { 1024, 4096, 16384, 24576, 32000, 49152, 64000, 98304, 128000, 192512, 256000, 384000,
		512000, 768000, 1024000, 2048000, 4096000 };
	static const uint32_t strides[] = { 32, 64, 128, 256 };
	char *memory = get_memory(4 * MB);
	int known = 0;

	for (uint32_t s = 0; s < sizeof(strides) / sizeof(strides[0]); s++) {
		if (only != 0 && only != strides[s])
			continue;
		known = 1;
		for (uint32_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++)
			latency_of(memory, sizes[k], strides[s]);
	}
	munmap(memory, 4 * MB);
	return (known);
}

#define	EACH32(step, body)	for (int i = 0; i < 32; i += 8 * (step)) { \
	body(i) body(i + (step)) body(i + 2 * (step)) body(i + 3 * (step)) \
	body(i + 4 * (step)) body(i + 5 * (step)) body(i + 6 * (step)) body(i + 7 * (step)) }

static uint32_t
read_words(uint32_t *p, uint32_t *end, int every)
{
	uint32_t sum = 0;

#define	LOAD(n)	sum += p[n];
	if (every == 4)
		for (; p < end; p += 32)
			EACH32(4, LOAD)
	else
		for (; p < end; p += 32)
			EACH32(1, LOAD)
	return (sum);
}

static void
write_words(uint32_t *p, uint32_t *end, int every)
{
	uint32_t one = 1;

#define	STORE(n)	((volatile uint32_t *)p)[n] = one;
	if (every == 4)
		for (; p < end; p += 32)
			EACH32(4, STORE)
	else
		for (; p < end; p += 32)
			EACH32(1, STORE)
}

static void
rewrite_words(uint32_t *p, uint32_t *end)
{
#define	REWRITE(n)	sum += p[n]; ((volatile uint32_t *)p)[n] = 1;
	uint32_t sum = 0;

	for (; p < end; p += 32)
		EACH32(4, REWRITE)
	__asm volatile("" : : "r" (sum));
}

static void
copy_words(uint32_t *p, uint32_t *end, uint32_t *q, int every)
{
#define	COPY(n)	((volatile uint32_t *)q)[n] = p[n];
	if (every == 4)
		for (; p < end; p += 32, q += 32)
			EACH32(4, COPY)
	else
		for (; p < end; p += 32, q += 32)
			EACH32(1, COPY)
}

void
bench_bandwidth(void)
{
	char *from = get_memory(AREA), *to = get_memory(AREA + 4096);
	uint32_t *p = (uint32_t *)from, *end = (uint32_t *)(from + AREA), *q = (uint32_t *)(to + SKEW), sum = 0;
	uint64_t start;

#define	MEASURE(name, call)	start = now_ns(); call; report_bandwidth(name, now_ns() - start, AREA)
	MEASURE("bandwidth_rd", sum += read_words(p, end, 4));
	MEASURE("bandwidth_frd", sum += read_words(p, end, 1));
	MEASURE("bandwidth_wr", write_words(p, end, 4));
	MEASURE("bandwidth_fwr", write_words(p, end, 1));
	MEASURE("bandwidth_rdwr", rewrite_words(p, end));
	MEASURE("bandwidth_cp", copy_words(p, end, q, 4));
	MEASURE("bandwidth_fcp", copy_words(p, end, q, 1));
	MEASURE("bandwidth_bzero", memset(from, 0, AREA));
	MEASURE("bandwidth_bcopy", memcpy(to, from, AREA));
	__asm volatile("" : : "r" (sum));
	munmap(from, AREA);
	munmap(to, AREA + 4096);
}
