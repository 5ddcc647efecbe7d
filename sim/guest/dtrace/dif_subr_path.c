/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DIF subroutines on path names: text only, no name is looked up.
 *
 * Interrupts are off; loads fault softly; results lie in scratch.
 */
#include "dtrace/dif_subr.h"

/* Returns the length of s without the slashes at its end; at least 1 if it is all slashes. */
size_t
dif_path_trim(uintptr_t s, size_t len)
{

	while (len > 1 && dtrace_load8(s + len - 1) == '/')
		len--;
	return (len);
}

uint64_t
subr_basename(struct dif_machine *m, const struct dtrace_key *args)
{
	uintptr_t s = ARG_ADDR(0);
	size_t end = dif_path_trim(s, dtrace_strlen(s, m->state->strsize)), start;

	if (end == 0)
		return (dif_make_string(m, (uintptr_t)".", 1));
	if (end == 1 && dtrace_load8(s) == '/')
		return (dif_make_string(m, s, 1));
	for (start = end; start > 0 && dtrace_load8(s + start - 1) != '/'; start--)
		;
	return (dif_make_string(m, s + start, end - start));
}

uint64_t
subr_dirname(struct dif_machine *m, const struct dtrace_key *args)
{
	uintptr_t s = ARG_ADDR(0);
	size_t end = dif_path_trim(s, dtrace_strlen(s, m->state->strsize));

	while (end > 0 && dtrace_load8(s + end - 1) != '/')
		end--;
	if (end == 0)
		return (dif_make_string(m, (uintptr_t)".", 1));
	return (dif_make_string(m, s, dif_path_trim(s, end)));
}

/*
 * "" and "." between two slashes go; ".." there or at the end takes the element before it along.  What
 * stands before the first slash stays, and so does "." at the end; ".." there leaves its slash, as published.
 */
uint64_t
subr_cleanpath(struct dif_machine *m, const struct dtrace_key *args)
{
	uint8_t *d = (uint8_t *)(uintptr_t)dif_make_string(m, ARG_ADDR(0), dtrace_strlen(ARG_ADDR(0), m->state->strsize));
	size_t in = 0, out = 0, n;

	if (d == NULL || (dtrace_cpu.flags & CPU_DTRACE_FAULT))
		return (0);
	while (d[in] != '\0' && d[in] != '/')
		d[out++] = d[in++];
	while (d[in] == '/') {
		for (n = 0; d[in + 1 + n] != '\0' && d[in + 1 + n] != '/'; n++)
			;
		if (n == 2 && d[in + 1] == '.' && d[in + 2] == '.') {
			while (out > 0 && d[--out] != '/')
				;
			if (d[in + 3] == '\0')
				out++;
		} else if (d[in + 1 + n] == '\0' || !(n == 0 || (n == 1 && d[in + 1] == '.'))) {
			for (size_t k = 0; k <= n; k++)
				d[out++] = d[in + k];
		}
		in += n + 1;
	}
	d[out] = '\0';
	return ((uintptr_t)d);
}
