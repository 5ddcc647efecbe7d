/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Enabling control blocks: one for every (clause, probe), in that order; it ties a probe to what
 * is to be done when it fires, and a probe with its first ECB is switched on by its provider.
 *
 * Linked and unlinked with interrupts off, one at a time: a probe may fire between any two.
 */
#include "dtrace/dtrace_impl.h"

/* Counts the ECBs, checking every probe id; -1 with the unknown id in errors. */
long
dtrace_ecb_count(const struct dtrace_state *state, const struct dprog_hdr *h, struct dprog_errors *errors)
{
	const struct dprog_clause *c = (const void *)(state->blob + h->clause_off);
	const u_int *ids;
	long total = 0;

	for (u_int n = 0; n < h->nclause; n++) {
		ids = (const void *)(state->blob + c[n].probe_off);
		for (u_int p = 0; p < c[n].nprobe; p++) {
			if (dtrace_probe_lookup(ids[p]) == NULL) {
				errors->difo = ids[p];
				return (-1);
			}
		}
		total += c[n].nprobe;
	}
	return (total);
}

void
dtrace_ecb_link(struct dtrace_ecb *ecb)
{
	struct dtrace_probe *probe = ecb->probe;
	u_int cookie = dtrace_interrupt_disable();

	if (probe->ecb == NULL)
		probe->ecb = ecb;
	else
		probe->ecb_last->next = ecb;
	/* Only a probe with one ECB may be passed over for its predicate. */
	probe->predcache = probe->ecb == ecb ? ecb->clause->cacheid : 0;
	probe->ecb_last = ecb;
	dtrace_interrupt_enable(cookie);
	if (probe->ecb == ecb)
		probe->provider->enable(probe);
}

/* Creates and links all ECBs of a loaded program, and tells the host each clause's first EPID. */
int
dtrace_ecb_create_all(struct dtrace_state *state, struct dprog_hdr *host, struct dprog_errors *errors)
{
	const struct dprog_hdr *h = (const void *)state->blob;
	const struct dprog_clause *c = (const void *)(state->blob + h->clause_off);
	struct dprog_clause *hostc = (void *)((uint8_t *)host + h->clause_off);
	const u_int *ids;
	struct dtrace_ecb *ecb;
	long total;

	if ((total = dtrace_ecb_count(state, h, errors)) < 0)
		return (DPROG_E_PROBE);
	if ((state->ecbs = dtrace_alloc((size_t)(total + 1) * sizeof(*ecb), 1)) == NULL)
		return (DPROG_E_NOMEM);
	for (u_int n = 0; n < h->nclause; n++) {
		ids = (const void *)(state->blob + c[n].probe_off);
		hostc[n].first_epid = state->necbs + 1;
		for (u_int p = 0; p < c[n].nprobe; p++) {
			ecb = &state->ecbs[state->necbs++];
			ecb->epid = state->necbs;
			ecb->clause = &state->clauses[n];
			ecb->probe = dtrace_probe_lookup(ids[p]);
			dtrace_ecb_link(ecb);
		}
	}
	host->necb = state->necbs;
	return (DPROG_E_OK);
}

/* Unlinks all ECBs; their probes are switched off.  The ECBs themselves stay: records name them. */
void
dtrace_ecb_disable_all(struct dtrace_state *state)
{
	struct dtrace_probe *probe;
	u_int cookie;

	for (u_int n = 0; n < state->necbs; n++) {
		probe = state->ecbs[n].probe;
		if (probe->ecb == NULL)
			continue;
		probe->provider->disable(probe);
		cookie = dtrace_interrupt_disable();
		probe->ecb = probe->ecb_last = NULL;
		probe->predcache = 0;
		dtrace_interrupt_enable(cookie);
	}
	for (u_int n = 0; n < state->necbs; n++)
		state->ecbs[n].next = NULL;
}
