/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Division, which the Cortex-A8 has no instruction for, and 64-bit shifts: the helpers the compiler calls.
 *
 * Names begin with two underscores, so fbt leaves them alone.  A division by zero gives zero.
 */
#include <sys/types.h>

uint32_t __aeabi_uidiv(uint32_t n, uint32_t d);
int32_t __aeabi_idiv(int32_t n, int32_t d);
uint64_t __udivmoddi4(uint64_t n, uint64_t d, uint64_t *rem);
int64_t __divmoddi4(int64_t n, int64_t d, int64_t *rem);
uint64_t __aeabi_llsl(uint64_t v, int by);
uint64_t __aeabi_llsr(uint64_t v, int by);
int64_t __aeabi_lasr(int64_t v, int by);

/* Shift and subtract, starting at the quotient's highest possible bit. */
uint32_t
__aeabi_uidiv(uint32_t n, uint32_t d)
{
	uint32_t q = 0;
	int shift;

	if (d == 0 || n < d)
		return (0);
	for (shift = __builtin_clz(d) - __builtin_clz(n); shift >= 0; shift--)
		if (n >= d << shift) {
			n -= d << shift;
			q |= 1u << shift;
		}
	return (q);
}

int32_t
__aeabi_idiv(int32_t n, int32_t d)
{
	uint32_t un = n < 0 ? -(uint32_t)n : (uint32_t)n, ud = d < 0 ? -(uint32_t)d : (uint32_t)d;
	uint32_t q = __aeabi_uidiv(un, ud);

	return ((n < 0) != (d < 0) ? (int32_t)-q : (int32_t)q);
}

uint64_t
__udivmoddi4(uint64_t n, uint64_t d, uint64_t *rem)
{
	uint64_t q = 0;
	int shift;

	if (d == 0 || n < d) {
		*rem = d == 0 ? 0 : n;
		return (0);
	}
	if ((n >> 32) == 0) {
		uint32_t q32 = __aeabi_uidiv((uint32_t)n, (uint32_t)d);

		*rem = (uint32_t)n - q32 * (uint32_t)d;
		return (q32);
	}
	for (shift = __builtin_clzll(d) - __builtin_clzll(n); shift >= 0; shift--)
		if (n >= d << shift) {
			n -= d << shift;
			q |= 1ull << shift;
		}
	*rem = n;
	return (q);
}

int64_t
__divmoddi4(int64_t n, int64_t d, int64_t *rem)
{
	uint64_t un = n < 0 ? -(uint64_t)n : (uint64_t)n, ud = d < 0 ? -(uint64_t)d : (uint64_t)d;
	uint64_t r, q = __udivmoddi4(un, ud, &r);

	*rem = n < 0 ? (int64_t)-r : (int64_t)r;
	return ((n < 0) != (d < 0) ? (int64_t)-q : (int64_t)q);
}

/* The halves are shifted apart, so that these do not call themselves. */
uint64_t
__aeabi_llsl(uint64_t v, int by)
{
	uint32_t lo = (uint32_t)v, hi = (uint32_t)(v >> 32);

	if (by >= 32)
		return ((uint64_t)(lo << (by - 32)) << 32);
	if (by == 0)
		return (v);
	return ((uint64_t)(hi << by | lo >> (32 - by)) << 32 | (lo << by));
}

uint64_t
__aeabi_llsr(uint64_t v, int by)
{
	uint32_t lo = (uint32_t)v, hi = (uint32_t)(v >> 32);

	if (by >= 32)
		return (hi >> (by - 32));
	if (by == 0)
		return (v);
	return ((uint64_t)(hi >> by) << 32 | (lo >> by | hi << (32 - by)));
}

int64_t
__aeabi_lasr(int64_t v, int by)
{
	uint32_t lo = (uint32_t)v;
	int32_t hi = (int32_t)(v >> 32);

	if (by >= 32)
		return ((int64_t)(hi >> (by - 32)));
	if (by == 0)
		return (v);
	return ((int64_t)(hi >> by) << 32 | (lo >> by | (uint32_t)hi << (32 - by)));
}
