/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Actions that change what they watch: stop, raise, chill, panic, breakpoint.
 *
 * They run only in a program that was loaded as destructive; dtrace_layout.c sees to it.
 * Interrupts are off; signals are left for the thread's way back to user mode.
 */
#include <sys/systm.h>
#include "dtrace/dtrace_act.h"

#define DTRACE_CHILL_INTERVAL	1000000000ull	/* of so many ns, */
#define DTRACE_CHILL_MAX	500000000ull	/* chill() may spend so many, as published */
#define DTRACE_SIGSTOP		17

#define PROBE_STRING(run, field)						\
	((const char *)(uintptr_t)dtrace_probe_table[(run)->mstate->probe->id - 1].field)

/* Spins; a program that asks for more than its share has made an illegal operation. */
void
dtrace_act_chill(struct dtrace_run *run, uint64_t ns)
{
	uint64_t now = dtrace_gethrtime(), end = now + ns;

	if (now - dtrace_cpu.chillmark > DTRACE_CHILL_INTERVAL) {
		dtrace_cpu.chillmark = now;
		dtrace_cpu.chilled = 0;
	}
	if (ns > DTRACE_CHILL_MAX || dtrace_cpu.chilled + ns > DTRACE_CHILL_MAX) {
		dtrace_fault(CPU_DTRACE_ILLOP, 0);
		return;
	}
	while (dtrace_gethrtime() < end)
		continue;
	dtrace_cpu.chilled += ns;
	/* timestamp stands still while an ECB runs, but for this. */
	run->mstate->timestamp = dtrace_gethrtime();
}

void
dtrace_act_panic(struct dtrace_run *run)
{

	panic("dtrace: panic action at probe %s:%s:%s:%s (ecb %u)", PROBE_STRING(run, provider),
	    PROBE_STRING(run, module), PROBE_STRING(run, function), PROBE_STRING(run, name), run->ecb->epid);
}

/* There is no debugger to enter: the console is told, and the machine goes on. */
void
dtrace_act_breakpoint(struct dtrace_run *run)
{

	printf("dtrace: breakpoint action at probe %s:%s:%s:%s (ecb %u)\n", PROBE_STRING(run, provider),
	    PROBE_STRING(run, module), PROBE_STRING(run, function), PROBE_STRING(run, name), run->ecb->epid);
}

void
dtrace_act_destructive(struct dtrace_run *run, u_int kind, uint64_t value)
{

	switch (kind) {
	case DTRACEACT_STOP:
		dtrace_signal(DTRACE_SIGSTOP);
		break;
	case DTRACEACT_RAISE:
		dtrace_signal((int)value);
		break;
	case DTRACEACT_CHILL:
		dtrace_act_chill(run, value);
		break;
	case DTRACEACT_PANIC:
		dtrace_act_panic(run);
		break;
	case DTRACEACT_BREAKPOINT:
		dtrace_act_breakpoint(run);
		break;
	}
}
