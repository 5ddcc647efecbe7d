/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DIF subroutines that make strings.  Each result takes strsize bytes of scratch and is cut to fit.
 *
 * Interrupts are off; loads fault softly; without scratch the result is 0 and NOSCRATCH is noted.
 */
#include "dtrace/dif_subr.h"

/* Copies n bytes of s into fresh scratch and ends them with a NUL. */
uint64_t
dif_make_string(struct dif_machine *m, uintptr_t s, size_t n)
{
	uint8_t *d = dtrace_scratch(m->mstate, m->state->strsize);

	if (d == NULL)
		return (0);
	n = MIN(n, m->state->strsize - 1);
	dtrace_bcopy_safe(s, d, n);
	d[n] = '\0';
	return ((uintptr_t)d);
}

uint64_t
subr_strjoin(struct dif_machine *m, const struct dtrace_key *args)
{
	size_t size = m->state->strsize, n = 0;
	uint8_t *d = dtrace_scratch(m->mstate, size);

	if (d == NULL)
		return (0);
	for (u_int which = 0; which < 2; which++)
		for (uintptr_t s = ARG_ADDR(which); n < size - 1; s++, n++)
			if ((d[n] = dtrace_load8(s)) == '\0')
				break;
	d[n] = '\0';
	return ((uintptr_t)d);
}

/* As in Perl: a negative index counts from the end, a negative length leaves that many off. */
uint64_t
subr_substr(struct dif_machine *m, const struct dtrace_key *args)
{
	int64_t size = (int64_t)m->state->strsize;
	int64_t len = (int64_t)dtrace_strlen(ARG_ADDR(0), (size_t)size);
	int64_t at = (int64_t)ARG(1), want = m->ttop > 2 ? (int64_t)ARG(2) : size;

	/* Beyond these bounds the answer no longer changes, and sums cannot overflow. */
	at = MAX(MIN(at, size), -2 * size);
	want = MAX(MIN(want, 4 * size), -4 * size);
	if (at < 0) {
		at += len;
		if (at < 0 && at + want > 0) {
			want += at;
			at = 0;
		}
	}
	if (at < 0 || at >= len)
		return (dif_make_string(m, ARG_ADDR(0), 0));
	if (want < 0)
		want += len - at;
	want = MAX(MIN(want, len - at), 0);
	return (dif_make_string(m, ARG_ADDR(0) + (uintptr_t)at, (size_t)want));
}

uint64_t
dif_make_case(struct dif_machine *m, uintptr_t s, uint8_t first, uint8_t last)
{
	size_t len = dtrace_strlen(s, m->state->strsize);
	uint8_t *d = (uint8_t *)(uintptr_t)dif_make_string(m, s, len);

	for (size_t n = 0; d != NULL && d[n] != '\0'; n++)
		if (d[n] >= first && d[n] <= last)
			d[n] ^= 'a' ^ 'A';
	return ((uintptr_t)d);
}

uint64_t
subr_toupper(struct dif_machine *m, const struct dtrace_key *args)
{

	return (dif_make_case(m, ARG_ADDR(0), 'a', 'z'));
}

uint64_t
subr_tolower(struct dif_machine *m, const struct dtrace_key *args)
{

	return (dif_make_case(m, ARG_ADDR(0), 'A', 'Z'));
}

/* Returns 1 if c is one of the string's characters, at most the first strsize. */
int
dif_is_one_of(struct dif_machine *m, uint8_t c, uintptr_t s)
{
	uint8_t d;

	for (size_t n = 0; n < m->state->strsize && (d = dtrace_load8(s + n)) != '\0'; n++)
		if (c == d)
			return (1);
	return (0);
}

/*
 * Returns a copy of the next token, or 0 at the end.  A null string goes on where the last call of
 * this firing stopped, in whatever clause; unlike C's, the text itself is left alone.
 */
uint64_t
subr_strtok(struct dif_machine *m, const struct dtrace_key *args)
{
	size_t left = ARG(0) == 0 ? m->mstate->strtok_left : m->state->strsize, n;
	uintptr_t s = ARG(0) == 0 ? m->mstate->strtok : ARG_ADDR(0);
	uint8_t c = '\0';

	for (; left > 0 && (c = dtrace_load8(s)) != '\0' && dif_is_one_of(m, c, ARG_ADDR(1)); left--)
		s++;
	m->mstate->strtok_left = 0;
	if (left == 0 || c == '\0')
		return (0);
	for (n = 0; n < left && (c = dtrace_load8(s + n)) != '\0' && !dif_is_one_of(m, c, ARG_ADDR(1)); n++)
		;
	if (n < left && c != '\0') {
		m->mstate->strtok = s + n + 1;
		m->mstate->strtok_left = left - n - 1;
	}
	return (dif_make_string(m, s, n));
}
