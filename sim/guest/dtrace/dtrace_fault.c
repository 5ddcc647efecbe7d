/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Faults of a D program: what kind it was, and the ERROR probe.
 *
 * Interrupts are off.
 */
#include "dtrace/dtrace_act.h"

u_int
dtrace_flags_to_fault(u_int flags)
{
	static const struct { u_int flag, fault; } faults[] = {
		{ CPU_DTRACE_DIVZERO, DTRACEFLT_DIVZERO },
		{ CPU_DTRACE_ILLOP, DTRACEFLT_ILLOP },
		{ CPU_DTRACE_KPRIV, DTRACEFLT_KPRIV },
		{ CPU_DTRACE_UPRIV, DTRACEFLT_UPRIV },
		{ CPU_DTRACE_TUPOFLOW, DTRACEFLT_TUPOFLOW },
		{ CPU_DTRACE_BADALIGN, DTRACEFLT_BADALIGN },
		{ CPU_DTRACE_NOSCRATCH, DTRACEFLT_NOSCRATCH },
		{ CPU_DTRACE_BADADDR, DTRACEFLT_BADADDR },
		{ CPU_DTRACE_BADSTACK, DTRACEFLT_BADSTACK },
	};

	for (u_int n = 0; n < nitems(faults); n++)
		if (flags & faults[n].flag)
			return (faults[n].fault);
	return (DTRACEFLT_UNKNOWN);
}

/* Counts the error and fires ERROR, unless it is ERROR's own; where = 1-based action, 0 = predicate. */
void
dtrace_ecb_fault(struct dtrace_run *run, u_int where)
{
	u_int flags = dtrace_cpu.flags;
	uint64_t args[6];

	run->state->buffer.errors++;
	dtrace_cpu.flags &= ~CPU_DTRACE_ERROR;
	if (run->mstate->probe->id == DTRACE_PROBEID_ERROR) {
		run->state->double_errors++;
		return;
	}
	args[0] = (uintptr_t)run->state;
	args[1] = run->ecb->epid;
	args[2] = where;
	args[3] = (uint64_t)(int64_t)run->mstate->fltoffs;
	args[4] = dtrace_flags_to_fault(flags);
	args[5] = flags & (CPU_DTRACE_BADADDR | CPU_DTRACE_BADALIGN) ? dtrace_cpu.illval : 0;
	dtrace_fire(DTRACE_PROBEID_ERROR, args, nitems(args), run->mstate->timestamp);
}
