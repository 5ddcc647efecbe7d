/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dtrace_probe(): what a provider calls when its probe fires, in the published order of work.
 *
 * Interrupts are off throughout.  A probe that fires while its CPU is already handling one (the
 * tracing code called a function that is probed, or faulted) is refused and counted, never nested.
 * A program only branches forward, so a firing ends; if all firings together leave the consumer no time
 * (DTRACE_DEADMAN), the tracing is killed.
 */
#include <sys/systm.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <abi/pvctl.h>
#include "dtrace/dtrace_impl.h"

#define DTRACE_DEADMAN	10000000000ull	/* ns without a word from the consumer, as published */

struct dtrace_cpu dtrace_cpu;
struct dtrace_state dtrace_state;

/* True if an ECB of the probe may run in the enabling's present activity. */
static __always_inline int
dtrace_probe_permitted(const struct dtrace_probe *probe, u_int activity)
{

	if (activity == DTRACE_ACTIVITY_ACTIVE)
		return (1);
	switch (probe->id) {
	case DTRACE_PROBEID_BEGIN:
		/* exit() in one BEGIN clause keeps the later ones from running. */
		return (activity == DTRACE_ACTIVITY_WARMUP);
	case DTRACE_PROBEID_END:
		return (activity == DTRACE_ACTIVITY_COOLDOWN);
	case DTRACE_PROBEID_ERROR:
		return (activity != DTRACE_ACTIVITY_INACTIVE && activity < DTRACE_ACTIVITY_STOPPED);
	}
	return (0);
}

/* Runs the probe's ECBs; the guard is the caller's. */
static __always_inline void
dtrace_run_ecbs(struct dtrace_probe *probe, const uint64_t *args, u_int nargs, uint64_t timestamp)
{
	struct dtrace_mstate mstate;
	u_int n;

	mstate.probe = probe;
	mstate.present = nargs > 5 ? DTRACE_MSTATE_ARGS : 0;
	mstate.timestamp = timestamp;
	mstate.strtok_left = 0;
	for (n = 0; n < nargs; n++)
		mstate.arg[n] = args[n];
	for (; n < DTRACE_NARGS; n++)
		mstate.arg[n] = 0;
	for (const struct dtrace_ecb *ecb = probe->ecb; ecb != NULL; ecb = ecb->next)
		if (dtrace_probe_permitted(probe, dtrace_state.activity))
			dtrace_ecb_run(&dtrace_state, ecb, &mstate);
}

/* Fires a probe from within another's handling: ERROR. */
void
dtrace_fire(dtrace_id_t id, const uint64_t *args, u_int nargs, uint64_t timestamp)
{

	dtrace_run_ecbs(dtrace_probe_lookup(id), args, nargs, timestamp);
}

static __always_inline uint64_t
dtrace_widen(const struct dtrace_probe *probe, uintptr_t arg)
{

	if (probe->flags & DTRACE_PROBE_SIGNED)
		return ((uint64_t)(int64_t)(int32_t)arg);
	return (arg);
}

/* The system seems to be dead to everything but tracing: tracing goes. */
void
dtrace_deadman(struct dtrace_state *state)
{
	uint32_t args[2] = { 4, 0 };

	state->activity = DTRACE_ACTIVITY_KILLED;
	dtrace_event(PV_EV_ACTIVITY, 2, args);
}

static __always_inline void
dtrace_probe_guarded(struct dtrace_probe *probe, uint64_t *args)
{
	uint64_t start = dtrace_gethrtime();

	if (start - dtrace_state.alive > DTRACE_DEADMAN && !dtrace_state.destructive &&
	    dtrace_state.activity == DTRACE_ACTIVITY_ACTIVE)
		dtrace_deadman(&dtrace_state);
	dtrace_run_ecbs(probe, args, 5, start);
	/* Virtual time leaves out what tracing itself took. */
	if (dtrace_state.uses_vtime)
		curthread->td_dtrace_start += dtrace_gethrtime() - start;
}

void
dtrace_probe(dtrace_id_t id, uintptr_t arg0, uintptr_t arg1, uintptr_t arg2, uintptr_t arg3, uintptr_t arg4)
{
	struct dtrace_probe *probe = dtrace_probe_lookup(id);
	uint64_t args[5];
	u_int cookie;

	if (panicstr != NULL || probe == NULL || probe->ecb == NULL ||
	    dtrace_state.activity == DTRACE_ACTIVITY_INACTIVE)
		return;
	if (probe->predcache != 0 && probe->predcache == curthread->td_predcache)
		return;
	cookie = dtrace_interrupt_disable();
	if (dtrace_cpu.in_probe) {
		dtrace_cpu.refused++;
		dtrace_interrupt_enable(cookie);
		return;
	}
	dtrace_cpu.in_probe = 1;
	dtrace_cpu.fp = (uintptr_t)__builtin_frame_address(0);
	args[0] = dtrace_widen(probe, arg0);
	args[1] = dtrace_widen(probe, arg1);
	args[2] = dtrace_widen(probe, arg2);
	args[3] = dtrace_widen(probe, arg3);
	args[4] = dtrace_widen(probe, arg4);
	dtrace_probe_guarded(probe, args);
	dtrace_cpu.in_probe = 0;
	dtrace_interrupt_enable(cookie);
}
