/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The profile provider: profile:::profile-N fires at a rate on every CPU, profile:::tick-N on one.
 *
 * A few rates are there from the start; the host has others made when a description names them
 * (struct dprog_newprobe), and has read the names by then.  Each enabled probe is a periodic event
 * of the clock interrupt: it fires there, in the thread that was interrupted, with arg0 the kernel's
 * pc or 0, arg1 the user's or 0.  Interrupts are off.
 */
#include <sys/systm.h>
#include <sys/timeet.h>
#include <machine/armreg.h>
#include <machine/frame.h>
#include "dtrace/dtrace_dev.h"

#define PROFILE_MINPERIOD	200000		/* ns: 5,000 a second at most, as published */
#define PROFILE_MAXNAME		64
#define PROFILE_MAXPROBES	1000

struct profile {
	dtrace_id_t	id;
	uint64_t	period_ns;
	int		handle;		/* of the clock event */
};

static u_int profile_created, profile_failed;

/* Fires in the clock interrupt; frame is what that interrupted. */
void
profile_fire(void *arg, struct trapframe *frame)
{
	const struct profile *prof = arg;
	uintptr_t pc = (uintptr_t)frame->tf_pc;
	int user = TRAPF_USERMODE(frame);

	dtrace_cpu.caller = user ? 0 : pc;
	dtrace_cpu.frame = frame;
	dtrace_cpu.interrupt = 1;
	dtrace_probe(prof->id, user ? 0 : pc, user ? pc : 0, 0, 0, 0);
	dtrace_cpu.interrupt = 0;
	dtrace_cpu.frame = NULL;
	dtrace_cpu.caller = 0;
}

void
profile_enable(struct dtrace_probe *probe)
{
	struct profile *prof = probe->arg;

	prof->handle = -1;
	if (clocksource_add(profile_fire, prof, prof->period_ns, &prof->handle) != 0)
		profile_failed++;
}

void
profile_disable(struct dtrace_probe *probe)
{
	struct profile *prof = probe->arg;

	clocksource_remove(prof->handle);
	prof->handle = -1;
}

static const struct dtrace_provider profile_provider = { "profile", profile_enable, profile_disable };

/* Returns how many probes found no clock event since the last call. */
u_int
profile_failures(void)
{
	u_int failed = profile_failed;

	profile_failed = 0;
	return (failed);
}

void
profile_create(const char *name, uint64_t period_ns)
{
	struct profile *prof = dtrace_alloc(sizeof(*prof), 1);

	prof->period_ns = period_ns;
	prof->handle = -1;
	prof->id = dtrace_probe_create(&profile_provider, "", "", name, 0, 2, prof);
}

/* Copies a name out of the program; NULL if it has no end or is too long. */
char *
profile_name(const struct dtrace_state *state, u_int off)
{
	u_int length = ((const struct dprog_hdr *)(const void *)state->blob)->length, n;
	char *name;

	for (n = 0; n < PROFILE_MAXNAME && off < length && n < length - off; n++)
		if (state->blob[off + n] == '\0')
			break;
	if (n == 0 || n == PROFILE_MAXNAME || off >= length || n >= length - off)
		return (NULL);
	name = dtrace_alloc(n + 1, 1);
	dtrace_bcopy(state->blob + off, name, n);
	return (name);
}

/* Makes the probes a loaded program brings along, if they are not there yet; DPROG_E_*. */
int
profile_provide(const struct dtrace_state *state)
{
	const struct dprog_hdr *h = (const void *)state->blob;
	const struct dprog_newprobe *new = dprog_range(state, h->newprobe_off, h->nnewprobe, sizeof(*new), 8);
	char *name;

	if (new == NULL)
		return (DPROG_E_FORMAT);
	for (u_int n = 0; n < h->nnewprobe; n++) {
		if (new[n].id <= dtrace_nprobes)
			continue;
		if (new[n].id != dtrace_nprobes + 1 || new[n].period_ns < PROFILE_MINPERIOD ||
		    profile_created == PROFILE_MAXPROBES || (name = profile_name(state, new[n].name_off)) == NULL)
			return (DPROG_E_FORMAT);
		profile_created++;
		profile_create(name, new[n].period_ns);
	}
	return (DPROG_E_OK);
}

/* The rates there are from the start, as published: odd ones for sampling, so as not to keep step with the clock. */
void
profile_init(void)
{
	static const struct { const char *name; u_int hz; } standard[] = {
		{ "profile-97", 97 }, { "profile-199", 199 }, { "profile-499", 499 }, { "profile-997", 997 },
		{ "profile-1999", 1999 }, { "profile-4001", 4001 }, { "profile-4999", 4999 },
		{ "tick-1", 1 }, { "tick-10", 10 }, { "tick-100", 100 }, { "tick-500", 500 }, { "tick-1000", 1000 },
		{ "tick-5000", 5000 },
	};

	for (u_int n = 0; n < nitems(standard); n++)
		profile_create(standard[n].name, 1000000000u / standard[n].hz);
}
