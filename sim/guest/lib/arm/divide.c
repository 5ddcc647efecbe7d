/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Division by shifting and subtracting, for the helpers in aeabi_div.S.  A division by zero
 * gives 0 and leaves the dividend as remainder, as the machine's own library routines may choose.
 */
#include <stdint.h>

#define HIDDEN __attribute__((visibility("hidden")))

HIDDEN uint32_t
__udivmod32(uint32_t n, uint32_t d, uint32_t *rem)
{
	uint32_t quotient = 0;

	if (d != 0 && n >= d) {
		int shift = __builtin_clz(d) - __builtin_clz(n);

		for (d <<= shift; shift >= 0; shift--, d >>= 1) {
			quotient <<= 1;
			if (n >= d) {
				n -= d;
				quotient |= 1;
			}
		}
	}
	*rem = n;
	return (quotient);
}

HIDDEN int32_t
__divmod32(int32_t n, int32_t d, int32_t *rem)
{
	uint32_t un = n < 0 ? -(uint32_t)n : (uint32_t)n;
	uint32_t ud = d < 0 ? -(uint32_t)d : (uint32_t)d;
	uint32_t r, quotient = __udivmod32(un, ud, &r);

	*rem = n < 0 ? (int32_t)-r : (int32_t)r;
	return ((n < 0) != (d < 0) ? (int32_t)-quotient : (int32_t)quotient);
}

static int
clz64(uint64_t value)
{
	uint32_t high = value >> 32;

	return (high != 0 ? __builtin_clz(high) : 32 + __builtin_clz((uint32_t)value));
}

HIDDEN uint64_t
__udivmod64(uint64_t n, uint64_t d, uint64_t *rem)
{
	uint64_t quotient = 0;

	if (d != 0 && n >= d) {
		int shift = clz64(d) - clz64(n);

		for (d <<= shift; shift >= 0; shift--, d >>= 1) {
			quotient <<= 1;
			if (n >= d) {
				n -= d;
				quotient |= 1;
			}
		}
	}
	*rem = n;
	return (quotient);
}

HIDDEN int64_t
__divmod64(int64_t n, int64_t d, int64_t *rem)
{
	uint64_t un = n < 0 ? -(uint64_t)n : (uint64_t)n;
	uint64_t ud = d < 0 ? -(uint64_t)d : (uint64_t)d;
	uint64_t r, quotient = __udivmod64(un, ud, &r);

	*rem = n < 0 ? (int64_t)-r : (int64_t)r;
	return ((n < 0) != (d < 0) ? (int64_t)-quotient : (int64_t)quotient);
}
