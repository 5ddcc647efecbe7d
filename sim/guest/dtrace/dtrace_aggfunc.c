/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The aggregating functions: how many bytes one keeps, how it starts, how a value is added.
 *
 * Layouts as published: avg {count, sum}; stddev {count, sum, 128-bit sum of squares}; quantize 127
 * powers of two; lquantize and llquantize {packed argument, buckets}.  Interrupts are off.
 */
#include "dtrace/dtrace_impl.h"

#define QUANTIZE_NBUCKETS	127
#define QUANTIZE_ZERO		63

#define LQ_STEP(arg)		((uint16_t)((arg) >> 48))
#define LQ_LEVELS(arg)		((uint16_t)((arg) >> 32))
#define LQ_BASE(arg)		((int32_t)(uint32_t)(arg))
#define LLQ_FACTOR(arg)		((uint16_t)((arg) >> 48))
#define LLQ_LOW(arg)		((uint16_t)((arg) >> 32))
#define LLQ_HIGH(arg)		((uint16_t)((arg) >> 16))
#define LLQ_NSTEPS(arg)		((uint16_t)(arg))

/* Returns the log-linear bucket of a value: 0 is underflow, the last one overflow. */
u_int
dtrace_llquantize_bucket(uint64_t arg, int64_t value)
{
	int64_t factor = LLQ_FACTOR(arg), nsteps = LLQ_NSTEPS(arg), this = 1, last, buckets;
	u_int base = 1, order;

	for (order = 0; order < LLQ_LOW(arg); order++)
		this *= factor;
	if (value < this)
		return (0);
	for (; order <= LLQ_HIGH(arg); order++) {
		last = this;
		if (last > INT64_MAX / factor)	/* the magnitude that holds the largest numbers */
			return (base + (u_int)((value - last) / (last / (nsteps / factor))));
		this *= factor;
		buckets = MIN(this, nsteps);
		if (value < this)
			return (base + (u_int)((value - last) / (this / buckets)));
		base += (u_int)(buckets - buckets / factor);
	}
	return (base);
}

/* Checks a log-linear argument: buckets must be whole, and the magnitudes fit 64 bits but for the last one's end. */
int
dtrace_llquantize_valid(uint64_t arg)
{
	uint64_t factor = LLQ_FACTOR(arg), nsteps = LLQ_NSTEPS(arg), limit = ~0ULL, v;

	if (factor < 2 || LLQ_LOW(arg) >= LLQ_HIGH(arg) || nsteps < factor)
		return (0);
	for (u_int order = 0; order < LLQ_HIGH(arg); order++)
		limit /= factor;
	for (v = factor; v < nsteps; v *= factor)
		;
	return (limit != 0 && v % nsteps == 0 && nsteps % factor == 0);
}

/* Returns the bytes of an aggregation's value, 0 if the kind or its argument is not valid. */
u_int
dtrace_agg_value_size(u_int kind, uint64_t arg)
{

	switch (kind) {
	case DTRACEAGG_COUNT:
	case DTRACEAGG_MIN:
	case DTRACEAGG_MAX:
	case DTRACEAGG_SUM:
		return (8);
	case DTRACEAGG_AVG:
		return (16);
	case DTRACEAGG_STDDEV:
		return (32);
	case DTRACEAGG_QUANTIZE:
		return (QUANTIZE_NBUCKETS * 8);
	case DTRACEAGG_LQUANTIZE:
		return (LQ_STEP(arg) == 0 || LQ_LEVELS(arg) == 0 ? 0 : (LQ_LEVELS(arg) + 3u) * 8);
	case DTRACEAGG_LLQUANTIZE:
		return (dtrace_llquantize_valid(arg) ? (dtrace_llquantize_bucket(arg, INT64_MAX) + 2) * 8 : 0);
	}
	return (0);
}

void
dtrace_agg_init(u_int kind, uint64_t *data, uint64_t arg)
{

	for (u_int n = 0; n < dtrace_agg_value_size(kind, arg) / 8; n++)
		data[n] = 0;
	if (kind == DTRACEAGG_MIN)
		data[0] = INT64_MAX;
	else if (kind == DTRACEAGG_MAX)
		data[0] = (uint64_t)INT64_MIN;
	else if (kind == DTRACEAGG_LQUANTIZE || kind == DTRACEAGG_LLQUANTIZE)
		data[0] = arg;
}

/* Adds v * v to the 128-bit number at sum (low word first). */
void
dtrace_add_square(uint64_t *sum, int64_t v)
{
	uint64_t a = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	uint64_t hi = a >> 32, lo = (uint32_t)a, low = lo * lo, mid = hi * lo, high = hi * hi;

	/* a * a = high * 2^64 + mid * 2^33 + low */
	high += mid >> 31;
	mid <<= 33;
	low += mid;
	high += low < mid;
	sum[0] += low;
	sum[1] += high + (sum[0] < low);
}

/* Returns the power-of-two bucket by magnitude: 5 counts in row 4, -5 in row -4. */
u_int
dtrace_quantize_bucket(int64_t v)
{
	u_int bits;

	if (v == 0)
		return (QUANTIZE_ZERO);
	bits = 64 - (u_int)__builtin_clzll(v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
	if (v > 0)
		return (QUANTIZE_ZERO + bits);
	return (bits < QUANTIZE_ZERO ? QUANTIZE_ZERO - bits : 0);
}

u_int
dtrace_lquantize_bucket(uint64_t arg, int64_t v)
{
	int64_t base = LQ_BASE(arg);
	uint64_t level;

	if (v < base)
		return (0);
	level = ((uint64_t)v - (uint64_t)base) / LQ_STEP(arg);
	return (level < LQ_LEVELS(arg) ? (u_int)level + 1 : LQ_LEVELS(arg) + 1u);
}

/* Adds one value to an aggregation of that kind; a distribution counts it `increment` times. */
void
dtrace_agg_add(u_int kind, uint64_t *data, uint64_t value, uint64_t increment, uint64_t arg)
{
	int64_t v = (int64_t)value;

	switch (kind) {
	case DTRACEAGG_COUNT:
		data[0]++;
		break;
	case DTRACEAGG_SUM:
		data[0] += value;
		break;
	case DTRACEAGG_MIN:
		data[0] = (uint64_t)MIN((int64_t)data[0], v);
		break;
	case DTRACEAGG_MAX:
		data[0] = (uint64_t)MAX((int64_t)data[0], v);
		break;
	case DTRACEAGG_STDDEV:
		dtrace_add_square(&data[2], v);
		/* FALLTHROUGH */
	case DTRACEAGG_AVG:
		data[0]++;
		data[1] += value;
		break;
	case DTRACEAGG_QUANTIZE:
		data[dtrace_quantize_bucket(v)] += increment;
		break;
	case DTRACEAGG_LQUANTIZE:
		data[1 + dtrace_lquantize_bucket(arg, v)] += increment;
		break;
	case DTRACEAGG_LLQUANTIZE:
		data[1 + dtrace_llquantize_bucket(arg, v)] += increment;
		break;
	}
}
