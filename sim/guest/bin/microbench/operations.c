/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Integer operations in dependent chains, with operands of LMBench's sizes (lat_ops).  The A8 has no divide
 * instruction: division and remainder are what the C library makes of them.
 */
#include <stdio.h>

#include "bench.h"

#define	ROUNDS	2000
#define	TRIES	5		/* the best counts: an interrupt may fall into any of them */

#define	TEN(x)	x x x x x x x x x x

static uint64_t
shorter(uint64_t a, uint64_t b)
{
	return (a < b ? a : b);
}

#define	CHAIN(name, type, first, second, body) \
static void \
name(void) \
{ \
	volatile type keep = (first); \
	type r = keep, s = (second); \
	uint64_t best = UINT64_MAX, start; \
\
	for (int n = 0; n < TRIES; n++) { \
		start = now_ns(); \
		for (int i = 0; i < ROUNDS; i++) { \
			TEN(body) \
		} \
		best = shorter(best, now_ns() - start); \
	} \
	keep = r + s; \
	report(#name, best, 10 * ROUNDS); \
}

#define	HIDE	__asm volatile("" : "+r" (r), "+r" (s));

CHAIN(int_add, int, 63, 37, __asm volatile("add %0, %0, %1" : "+r" (r) : "r" (s));)
CHAIN(int_mul, int, 63, 37, __asm volatile("mul %0, %0, %1" : "+r" (r) : "r" (s));)
CHAIN(int_div, int, 37, 38 << 20, r = s / r; HIDE)
CHAIN(int_mod, int, 125, 64, r %= s; r |= s; HIDE)
CHAIN(int64_add, long long, 63, 37, r += s; HIDE)
CHAIN(int64_div, long long, 37, 38ll << 40, r = s / r; HIDE)

/*
 * LMBench's `r ^= i; s ^= r; r |= s': r | (s ^ r) is r | s, so that a compiler has r wait for two operations of three.
 */
static void
int_bit(void)
{
	uint32_t r = 63, s = 1, t = 0, i = 37;
	uint64_t best = UINT64_MAX, start;

	for (int n = 0; n < TRIES; n++) {
		start = now_ns();
		for (int k = 0; k < ROUNDS; k++) {
			TEN(__asm volatile("eor %0, %0, %3\n eor %2, %1, %0\n orr %0, %0, %1\n"
			    "eor %0, %0, %3\n eor %1, %2, %0\n orr %0, %0, %2" : "+r" (r), "+r" (s), "+r" (t) : "r" (i));)
		}
		best = shorter(best, now_ns() - start);
	}
	report("int_bit", best, 60 * ROUNDS);
}

void
bench_operations(void)
{
	int_bit();
	int_add();
	int_mul();
	int_div();
	int_mod();
	int64_add();
	int64_div();
}
