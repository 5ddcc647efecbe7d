/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DIF subroutines that write network addresses as text.
 *
 * IPv6 text has its first longest run of zero groups left out, even a single one, and an embedded IPv4 address
 * written with dots.  Interrupts are off; loads fault softly; results lie in scratch.
 */
#include "dtrace/dif_subr.h"

#define DIF_AF_INET	2
#define DIF_AF_INET6	28
#define DIF_V4BYTES	4
#define DIF_V6BYTES	16
#define DIF_V6GROUPS	8
#define DIF_V6TEXT	64

/* Text as it is written. */
struct dif_text {
	uint8_t		*d;
	size_t		n;
};

void
dif_put_number(struct dif_text *text, u_int v, u_int base)
{
	uint8_t digits[8];
	u_int n = 0;

	do {
		digits[n++] = "0123456789abcdef"[v % base];
	} while ((v /= base) != 0);
	while (n > 0)
		text->d[text->n++] = digits[--n];
}

void
dif_put_dotted(struct dif_text *text, const uint8_t *raw)
{

	for (u_int n = 0; n < DIF_V4BYTES; n++) {
		if (n != 0)
			text->d[text->n++] = '.';
		dif_put_number(text, raw[n], 10);
	}
}

/* True if the address is an IPv4 one, mapped or compatible: not ::, not ::1. */
int
dif_v6_embeds(const uint8_t *raw)
{
	u_int zeros = 0;

	while (zeros < 12 && raw[zeros] == 0)
		zeros++;
	if (zeros == 12)
		return (raw[12] != 0 || raw[13] != 0 || raw[14] != 0 || raw[15] > 1);
	return (zeros == 10 && raw[10] == 0xff && raw[11] == 0xff);
}

/* Finds the first longest run of zero groups; returns its length, its start in *start. */
u_int
dif_v6_zeros(const uint8_t *raw, u_int *start)
{
	u_int best = 0, run = 0;

	*start = 0;
	for (u_int g = 0; g < DIF_V6GROUPS; g++) {
		run = raw[2 * g] == 0 && raw[2 * g + 1] == 0 ? run + 1 : 0;
		if (run > best) {
			best = run;
			*start = g + 1 - run;
		}
	}
	return (best);
}

void
dif_put_colons(struct dif_text *text, const uint8_t *raw)
{
	u_int start, zeros = dif_v6_zeros(raw, &start), groups = dif_v6_embeds(raw) ? 6 : DIF_V6GROUPS;
	int separate = 0;

	for (u_int g = 0; g < groups; g++) {
		if (zeros != 0 && g >= start && g < start + zeros) {
			if (g == start)
				text->d[text->n++] = ':';
			separate = 1;
			continue;
		}
		if (separate)
			text->d[text->n++] = ':';
		dif_put_number(text, (u_int)raw[2 * g] << 8 | raw[2 * g + 1], 16);
		separate = 1;
	}
	if (groups == DIF_V6GROUPS) {
		if (zeros != 0 && start + zeros == groups)
			text->d[text->n++] = ':';
		return;
	}
	text->d[text->n++] = ':';
	dif_put_dotted(text, raw + 12);
}

/* Loads an address and begins its text; 0 if either cannot be. */
int
dif_net_start(struct dif_machine *m, struct dif_text *text, uintptr_t addr, uint8_t *raw, u_int bytes)
{

	for (u_int n = 0; n < bytes; n++)
		raw[n] = dtrace_load8(addr + n);
	text->n = 0;
	text->d = dtrace_scratch(m->mstate, MAX(m->state->strsize, DIF_V6TEXT));
	return (text->d != NULL && !(dtrace_cpu.flags & CPU_DTRACE_FAULT));
}

uint64_t
dif_net_finish(struct dif_machine *m, struct dif_text *text)
{

	text->d[MIN(text->n, m->state->strsize - 1)] = '\0';
	return ((uintptr_t)text->d);
}

uint64_t
dif_inet4(struct dif_machine *m, uintptr_t addr)
{
	uint8_t raw[DIF_V4BYTES];
	struct dif_text text;

	if (!dif_net_start(m, &text, addr, raw, sizeof(raw)))
		return (0);
	dif_put_dotted(&text, raw);
	return (dif_net_finish(m, &text));
}

uint64_t
subr_inet_ntoa(struct dif_machine *m, const struct dtrace_key *args)
{

	return (dif_inet4(m, ARG_ADDR(0)));
}

/* Of an embedded IPv4 address only that. */
uint64_t
subr_inet_ntoa6(struct dif_machine *m, const struct dtrace_key *args)
{
	uint8_t raw[DIF_V6BYTES];
	struct dif_text text;

	if (!dif_net_start(m, &text, ARG_ADDR(0), raw, sizeof(raw)))
		return (0);
	if (dif_v6_embeds(raw))
		dif_put_dotted(&text, raw + 12);
	else
		dif_put_colons(&text, raw);
	return (dif_net_finish(m, &text));
}

uint64_t
subr_inet_ntop(struct dif_machine *m, const struct dtrace_key *args)
{
	uint8_t raw[DIF_V6BYTES];
	struct dif_text text;

	if (ARG(0) == DIF_AF_INET)
		return (dif_inet4(m, ARG_ADDR(1)));
	if (ARG(0) != DIF_AF_INET6) {
		dtrace_fault(CPU_DTRACE_ILLOP, ARG(0));
		return (0);
	}
	if (!dif_net_start(m, &text, ARG_ADDR(1), raw, sizeof(raw)))
		return (0);
	dif_put_colons(&text, raw);
	return (dif_net_finish(m, &text));
}
