/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DIF subroutines on numbers: to and from text, byte order, chance.
 *
 * rand() is a linear congruential generator of the enabling, seeded when the program is loaded,
 * so that a run can be repeated.  Interrupts are off.
 */
#include "dtrace/dif_subr.h"

#define DIF_DIGITS	66	/* 64 binary digits and a prefix */

uint64_t
subr_lltostr(struct dif_machine *m, const struct dtrace_key *args)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	uint64_t base = m->ttop > 1 ? ARG(1) : 10, v = ARG(0);
	int negative = base == 10 && (int64_t)v < 0;
	size_t size = m->state->strsize, n = 0;
	char text[DIF_DIGITS];
	uint8_t *d;

	if (base < 2 || base > 36) {
		dtrace_fault(CPU_DTRACE_ILLOP, 0);
		return (0);
	}
	if (negative)
		v = 0 - v;
	do {
		text[n++] = digits[v % base];
	} while ((v /= base) != 0);
	/* As published: 0x before base 16 always, 0 before base 8 unless that is all there is. */
	if (base == 16)
		text[n++] = 'x';
	if (base == 16 || (base == 8 && ARG(0) != 0))
		text[n++] = '0';
	if (negative)
		text[n++] = '-';
	if ((d = dtrace_scratch(m->mstate, size)) == NULL)
		return (0);
	for (size_t at = 0; at < size; at++)
		d[at] = n != 0 && at + 1 < size ? (uint8_t)text[--n] : '\0';
	return ((uintptr_t)d);
}

int
dif_digit(uint8_t c)
{

	if (c >= '0' && c <= '9')
		return (c - '0');
	if (c >= 'a' && c <= 'z')
		return (c - 'a' + 10);
	if (c >= 'A' && c <= 'Z')
		return (c - 'A' + 10);
	return (255);
}

uint64_t
subr_strtoll(struct dif_machine *m, const struct dtrace_key *args)
{
	uintptr_t s = ARG_ADDR(0), end = s + m->state->strsize;
	int base = m->ttop > 1 ? (int)ARG(1) : 10, negative = 0;
	uint64_t v = 0;
	uint8_t c;

	if (base < 2 || base > 36) {
		dtrace_fault(CPU_DTRACE_ILLOP, 0);
		return (0);
	}
	while (s < end && ((c = dtrace_load8(s)) == ' ' || (c >= '\t' && c <= '\r')))
		s++;
	if (s < end && ((c = dtrace_load8(s)) == '-' || c == '+')) {
		negative = c == '-';
		s++;
	}
	if (base == 16 && s + 1 < end && dtrace_load8(s) == '0' && (dtrace_load8(s + 1) | 0x20) == 'x')
		s += 2;
	for (; s < end && dif_digit(c = dtrace_load8(s)) < base; s++)
		v = v * (uint64_t)base + (uint64_t)dif_digit(c);
	return (negative ? 0 - v : v);
}

uint64_t
subr_htons(struct dif_machine *m, const struct dtrace_key *args)
{

	return ((uint16_t)(ARG(0) << 8 | (ARG(0) & 0xffff) >> 8));
}

uint64_t
subr_htonl(struct dif_machine *m, const struct dtrace_key *args)
{

	return (__builtin_bswap32((uint32_t)ARG(0)));
}

uint64_t
subr_htonll(struct dif_machine *m, const struct dtrace_key *args)
{

	return (__builtin_bswap64(ARG(0)));
}

uint64_t
subr_rand(struct dif_machine *m, const struct dtrace_key *args)
{

	m->state->rand = m->state->rand * 1664525 + 1013904223;
	return (m->state->rand >> 8 ^ (uint32_t)m->mstate->timestamp);
}
