/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The life of the one enabling: loaded (INACTIVE), BEGIN (WARMUP), ACTIVE, DRAINING once exit() ran,
 * END (COOLDOWN), STOPPED; and the snapshots of its buffers.
 *
 * Called from the ioctls of one process at a time.  Buffers are switched with interrupts off, so no
 * probe sees one half way; the half switched out stays untouched until the next snapshot.
 */
#include <sys/systm.h>
#include <sys/timeet.h>
#include <abi/pvctl.h>
#include "dtrace/dtrace_dev.h"

/* Loads the program the host has put in the mailbox and enables its probes; 0 or an errno. */
int
dtrace_state_enable(struct dtrace_state *state, struct dprog_hdr *host, size_t bytes, uint32_t seed, u_int target)
{
	struct dprog_errors errors;
	int error;

	dtrace_state_destroy(state);
	error = dtrace_program_load(state, host, bytes, &errors);
	/* $target was compiled in: the process must be that one. */
	if (error == DPROG_E_OK && host->target_pid != 0 && host->target_pid != target) {
		error = DPROG_E_TARGET;
		errors.difo = target;
	}
	if (error == DPROG_E_OK)
		error = profile_provide(state);
	if (error == DPROG_E_OK)
		error = dtrace_ecb_create_all(state, host, &errors);
	if (error == DPROG_E_OK && profile_failures() != 0)
		error = DPROG_E_TIMERS;
	if (bytes >= sizeof(*host)) {
		host->error = (u_int)error;
		host->error_difo = errors.difo;
		host->error_pc = errors.pc;
	}
	if (error != DPROG_E_OK) {
		dtrace_state_destroy(state);
		dtrace_event(PV_EV_REJECTED, 0, NULL);
		return (EINVAL);
	}
	state->rand = seed;
	dtrace_vtime_enable((int)state->uses_vtime);
	dtrace_event(PV_EV_LOADED, 0, NULL);
	if (state->uses_user)
		dtrace_mapping_enable(1);
	return (0);
}

void
dtrace_state_activity(struct dtrace_state *state, u_int activity, uint32_t announce)
{
	uint32_t args[2] = { announce, (uint32_t)state->exit_value };

	state->activity = activity;
	if (announce != 0)
		dtrace_event(PV_EV_ACTIVITY, 2, args);
}

/* Fires BEGIN, then lets every probe fire, unless BEGIN called exit(). */
int
dtrace_state_go(struct dtrace_state *state)
{

	if (state->nclauses == 0 || state->activity != DTRACE_ACTIVITY_INACTIVE)
		return (EINVAL);
	state->alive = dtrace_gethrtime();
	state->switch_next = state->alive + state->switchrate_ns;
	state->agg_next = state->alive + state->aggrate_ns;
	dtrace_state_activity(state, DTRACE_ACTIVITY_WARMUP, 0);
	dtrace_probe(DTRACE_PROBEID_BEGIN, (uintptr_t)state, 0, 0, 0, 0);
	if (state->activity == DTRACE_ACTIVITY_WARMUP)
		dtrace_state_activity(state, DTRACE_ACTIVITY_ACTIVE, 1);
	return (0);
}

/* Fires END, unless the tracing was killed; nothing fires any more, and the kernel's text is as it was. */
int
dtrace_state_stop(struct dtrace_state *state)
{

	if (state->activity != DTRACE_ACTIVITY_ACTIVE && state->activity != DTRACE_ACTIVITY_DRAINING &&
	    state->activity != DTRACE_ACTIVITY_KILLED)
		return (EINVAL);
	if (state->activity != DTRACE_ACTIVITY_KILLED) {
		dtrace_state_activity(state, DTRACE_ACTIVITY_COOLDOWN, 0);
		/* What policy fill has kept free is for END. */
		state->buffer.reserve = 0;
		state->buffer.full = 0;
		dtrace_probe(DTRACE_PROBEID_END, (uintptr_t)state, 0, 0, 0, 0);
	}
	dtrace_state_activity(state, DTRACE_ACTIVITY_STOPPED, 3);
	dtrace_ecb_disable_all(state);
	dtrace_vtime_enable(0);
	dtrace_mapping_enable(0);
	return (0);
}

void
dtrace_state_destroy(struct dtrace_state *state)
{

	state->activity = DTRACE_ACTIVITY_INACTIVE;
	dtrace_ecb_disable_all(state);
	dtrace_vtime_enable(0);
	dtrace_mapping_enable(0);
	dtrace_program_free(state);
}

void
dtrace_announce_buffer(u_int kind, const uint8_t *data, size_t bytes, u_int drops, u_int errors)
{
	uint64_t now = dtrace_gethrtime();
	uint32_t args[8] = { kind, 0, (uint32_t)(uintptr_t)data, (uint32_t)bytes, drops, errors,
	    (uint32_t)now, (uint32_t)(now >> 32) };

	dtrace_event(PV_EV_BUFFER, 8, args);
}

void
dtrace_announce_lost(u_int kind, u_int *count)
{
	uint32_t args[2] = { kind, *count };

	if (*count == 0)
		return;
	*count = 0;
	dtrace_event(PV_EV_LOST, 2, args);
}

void
dtrace_announce_losses(struct dtrace_state *state)
{
	u_int spec = 0;

	for (u_int n = 0; n < state->nspec; n++) {
		spec += state->specs[n].buffer.drops;
		state->specs[n].buffer.drops = 0;
	}
	dtrace_announce_lost(PV_LOST_RECURSION, &dtrace_cpu.refused);
	dtrace_announce_lost(PV_LOST_DYNVAR, &state->dstate.drops);
	dtrace_announce_lost(PV_LOST_DYNVAR_DIRTY, &state->dstate.dirty_drops);
	dtrace_announce_lost(PV_LOST_SPECULATION, &spec);
	dtrace_announce_lost(PV_LOST_SPEC_BUSY, &state->spec_busy);
	dtrace_announce_lost(PV_LOST_SPEC_UNAVAIL, &state->spec_unavail);
	dtrace_announce_lost(PV_LOST_DOUBLE_ERROR, &state->double_errors);
	dtrace_announce_lost(PV_LOST_MISSED, &clocksource_missed);
}

/*
 * Switches the principal buffer and hands it to the host, with what was lost since the last time.
 * Buffers that are not switched (ring, fill) are handed over when all is over.
 */
int
dtrace_state_bufsnap(struct dtrace_state *state)
{
	u_int cookie, drops, errors;
	uint8_t *data;
	size_t bytes;

	if (state->buffer.tomax == NULL)
		return (EINVAL);
	if (state->buffer.policy != DTRACE_BUFPOLICY_SWITCH && state->activity < DTRACE_ACTIVITY_STOPPED)
		return (0);
	cookie = dtrace_interrupt_disable();
	data = dtrace_buffer_switch(&state->buffer, &bytes, &drops, &errors);
	dtrace_announce_buffer(PV_BUF_PRINCIPAL, data, bytes, drops, errors);
	dtrace_announce_losses(state);
	dtrace_interrupt_enable(cookie);
	return (0);
}

int
dtrace_state_aggsnap(struct dtrace_state *state)
{
	u_int cookie, drops;
	uint8_t *data;
	size_t bytes;

	if (state->aggbuffer.tomax == NULL)
		return (0);
	cookie = dtrace_interrupt_disable();
	data = dtrace_aggbuffer_switch(&state->aggbuffer, &bytes, &drops);
	dtrace_announce_buffer(PV_BUF_AGGREGATION, data, bytes, drops, 0);
	dtrace_interrupt_enable(cookie);
	return (0);
}
