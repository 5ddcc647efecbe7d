/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DIF subroutines that look into strings.  Nothing is copied, nothing past strsize is looked at.
 *
 * Interrupts are off; loads fault softly.
 */
#include "dtrace/dif_subr.h"

uint64_t
subr_strlen(struct dif_machine *m, const struct dtrace_key *args)
{

	return (dtrace_strlen(ARG_ADDR(0), m->state->strsize));
}

uint64_t
subr_strchr(struct dif_machine *m, const struct dtrace_key *args)
{
	uintptr_t s = ARG_ADDR(0);
	uint8_t c;

	for (size_t n = 0; n < m->state->strsize; n++) {
		c = dtrace_load8(s + n);
		if (c == (uint8_t)ARG(1))
			return (s + n);
		if (c == '\0')
			break;
	}
	return (0);
}

uint64_t
subr_strrchr(struct dif_machine *m, const struct dtrace_key *args)
{
	uintptr_t s = ARG_ADDR(0), found = 0;
	uint8_t c;

	for (size_t n = 0; n < m->state->strsize; n++) {
		c = dtrace_load8(s + n);
		if (c == (uint8_t)ARG(1))
			found = s + n;
		if (c == '\0')
			break;
	}
	return (found);
}

/*
 * Looks for sub (length sublen) in s (length len) at positions first, first + step … last;
 * returns the position, or -1.
 */
int64_t
dif_find(uintptr_t s, uintptr_t sub, int64_t sublen, int64_t first, int64_t last, int step)
{

	for (int64_t at = first; step > 0 ? at <= last : at >= last; at += step) {
		if (dtrace_cpu.flags & CPU_DTRACE_FAULT)
			break;
		if (dtrace_strncmp(s + (uintptr_t)at, sub, (size_t)sublen) == 0)
			return (at);
	}
	return (-1);
}

uint64_t
subr_strstr(struct dif_machine *m, const struct dtrace_key *args)
{
	int64_t len = (int64_t)dtrace_strlen(ARG_ADDR(0), m->state->strsize);
	int64_t sublen = (int64_t)dtrace_strlen(ARG_ADDR(1), m->state->strsize);
	int64_t at;

	at = dif_find(ARG_ADDR(0), ARG_ADDR(1), sublen, 0, len - sublen, 1);
	return (at < 0 ? 0 : ARG_ADDR(0) + (uintptr_t)at);
}

uint64_t
subr_index(struct dif_machine *m, const struct dtrace_key *args)
{
	int64_t len = (int64_t)dtrace_strlen(ARG_ADDR(0), m->state->strsize);
	int64_t sublen = (int64_t)dtrace_strlen(ARG_ADDR(1), m->state->strsize);
	int64_t first = m->ttop > 2 ? (int64_t)ARG(2) : 0;

	if (first < 0)
		first = 0;
	if (sublen == 0)
		return ((uint64_t)MIN(first, len));
	return ((uint64_t)dif_find(ARG_ADDR(0), ARG_ADDR(1), sublen, first, len - sublen, 1));
}

uint64_t
subr_rindex(struct dif_machine *m, const struct dtrace_key *args)
{
	int64_t len = (int64_t)dtrace_strlen(ARG_ADDR(0), m->state->strsize);
	int64_t sublen = (int64_t)dtrace_strlen(ARG_ADDR(1), m->state->strsize);
	int64_t first = m->ttop > 2 ? (int64_t)ARG(2) : len;

	if (first < 0)
		return (sublen == 0 ? 0 : (uint64_t)-1);
	return ((uint64_t)dif_find(ARG_ADDR(0), ARG_ADDR(1), sublen, MIN(first, len - sublen), 0, -1));
}
