/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The builtin variables, one getter each, in a table by number.
 *
 * Strings are handed out where they lie in the kernel: this consumer may read all of it.
 * What costs something (arg5.., wall clock, stack depth, caller) is fetched once per firing.
 * Interrupts are off, so curthread and its process stand still.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <sys/ucred.h>
#include "dtrace/dif.h"

#define DIF_MAXUSTACK	4096

typedef uint64_t dif_getter_t(struct dtrace_mstate *, struct dtrace_state *);

#define GETTER(name, expr)						\
uint64_t								\
dif_get_##name(struct dtrace_mstate *mstate, struct dtrace_state *state) \
{									\
									\
	return (expr);							\
}

#define ENTRY_STRING(field)						\
	dtrace_probe_table[mstate->probe->id - 1].field

GETTER(curthread, (uintptr_t)curthread)
GETTER(timestamp, mstate->timestamp)
GETTER(zero, 0)
GETTER(epid, mstate->epid)
GETTER(id, mstate->probe->id)
GETTER(probeprov, ENTRY_STRING(provider))
GETTER(probemod, ENTRY_STRING(module))
GETTER(probefunc, ENTRY_STRING(function))
GETTER(probename, ENTRY_STRING(name))
GETTER(pid, (uint64_t)(int64_t)curthread->td_proc->p_pid)
GETTER(tid, (uint64_t)(int64_t)curthread->td_tid)
GETTER(execname, (uintptr_t)curthread->td_proc->p_comm)
GETTER(zonename, (uintptr_t)"global")
GETTER(ppid, curthread->td_proc->p_pptr == NULL ? 0 : (uint64_t)(int64_t)curthread->td_proc->p_pptr->p_pid)
GETTER(uid, curthread->td_ucred == NULL ? 0 : curthread->td_ucred->cr_uid)
GETTER(gid, curthread->td_ucred == NULL ? 0 : curthread->td_ucred->cr_groups[0])
GETTER(errno, curthread->td_errno == EJUSTRETURN ? 0 : (uint64_t)(int64_t)curthread->td_errno)
GETTER(cpu, curcpu)

uint64_t
dif_get_vtimestamp(struct dtrace_mstate *mstate, struct dtrace_state *state)
{

	if (!(mstate->present & DTRACE_MSTATE_VTIMESTAMP)) {
		mstate->vtimestamp = dtrace_vtime(mstate->timestamp);
		mstate->present |= DTRACE_MSTATE_VTIMESTAMP;
	}
	return (mstate->vtimestamp);
}

uint64_t
dif_get_walltimestamp(struct dtrace_mstate *mstate, struct dtrace_state *state)
{

	if (!(mstate->present & DTRACE_MSTATE_WALLTIMESTAMP)) {
		mstate->walltimestamp = dtrace_gethrestime();
		mstate->present |= DTRACE_MSTATE_WALLTIMESTAMP;
	}
	return (mstate->walltimestamp);
}

uint64_t
dif_get_stackdepth(struct dtrace_mstate *mstate, struct dtrace_state *state)
{

	if (!(mstate->present & DTRACE_MSTATE_STACKDEPTH)) {
		mstate->stackdepth = dtrace_getstackdepth();
		mstate->present |= DTRACE_MSTATE_STACKDEPTH;
	}
	return (mstate->stackdepth);
}

uint64_t
dif_get_caller(struct dtrace_mstate *mstate, struct dtrace_state *state)
{

	if (!(mstate->present & DTRACE_MSTATE_CALLER)) {
		mstate->caller = dtrace_caller();
		mstate->present |= DTRACE_MSTATE_CALLER;
	}
	return (mstate->caller);
}

uint64_t
dif_get_ustackdepth(struct dtrace_mstate *mstate, struct dtrace_state *state)
{

	if (!(mstate->present & DTRACE_MSTATE_USTACKDEPTH)) {
		mstate->ustackdepth = dtrace_getupcstack(NULL, DIF_MAXUSTACK);
		mstate->present |= DTRACE_MSTATE_USTACKDEPTH;
	}
	return (mstate->ustackdepth);
}

uint64_t
dif_get_ucaller(struct dtrace_mstate *mstate, struct dtrace_state *state)
{
	uint64_t pcs[3];

	if (!(mstate->present & DTRACE_MSTATE_UCALLER)) {
		(void)dtrace_getupcstack(pcs, nitems(pcs));
		mstate->ucaller = pcs[2];
		mstate->present |= DTRACE_MSTATE_UCALLER;
	}
	return (mstate->ucaller);
}

/* The arguments of the last exec, blanks between them, in scratch. */
uint64_t
dif_get_execargs(struct dtrace_mstate *mstate, struct dtrace_state *state)
{
	struct pargs *pa = curthread->td_proc->p_args;
	size_t len, n;
	uint8_t *buf;

	if ((buf = dtrace_scratch(mstate, state->strsize)) == NULL)
		return (0);
	len = pa == NULL ? 0 : MIN(pa->ar_length, state->strsize);
	if (len != 0)
		dtrace_bcopy_safe((uintptr_t)pa->ar_args, buf, len);
	for (n = 0; n + 1 < len; n++)
		if (buf[n] == '\0')
			buf[n] = ' ';
	buf[len == 0 ? 0 : len - 1] = '\0';
	return ((uintptr_t)buf);
}

#define VAR(name, getter)	[DIF_VAR_##name - DIF_VAR_OTHER_MIN] = dif_get_##getter
static dif_getter_t *const dif_getters[] = {
	VAR(CURTHREAD, curthread),
	VAR(TIMESTAMP, timestamp),
	VAR(VTIMESTAMP, vtimestamp),
	VAR(IPL, zero),			/* FreeBSD has no interrupt priority levels */
	VAR(EPID, epid),
	VAR(ID, id),
	VAR(STACKDEPTH, stackdepth),
	VAR(CALLER, caller),
	VAR(PROBEPROV, probeprov),
	VAR(PROBEMOD, probemod),
	VAR(PROBEFUNC, probefunc),
	VAR(PROBENAME, probename),
	VAR(PID, pid),
	VAR(TID, tid),
	VAR(EXECNAME, execname),
	VAR(ZONENAME, zonename),
	VAR(WALLTIMESTAMP, walltimestamp),
	VAR(USTACKDEPTH, ustackdepth),
	VAR(UCALLER, ucaller),
	VAR(PPID, ppid),
	VAR(UID, uid),
	VAR(GID, gid),
	VAR(ERRNO, errno),
	VAR(EXECARGS, execargs),
	VAR(CPU, cpu),
};

uint64_t
dif_argument(struct dtrace_mstate *mstate, uint64_t index)
{

	if (index >= DTRACE_NARGS)
		return (0);
	/* The first five came with the firing; the others are on the probed function's stack. */
	if (index >= 5 && !(mstate->present & DTRACE_MSTATE_ARGS)) {
		for (u_int n = 5; n < DTRACE_NARGS; n++)
			mstate->arg[n] = dtrace_getarg(n);
		mstate->present |= DTRACE_MSTATE_ARGS;
	}
	return (mstate->arg[index]);
}

/* True if a program may read the builtin variable (or builtin array) of that number. */
int
dif_variable_known(u_int var)
{
	u_int n = var - DIF_VAR_OTHER_MIN;

	if (var < DIF_VAR_OTHER_MIN)
		return (var == DIF_VAR_ARGS || var == DIF_VAR_REGS || var == DIF_VAR_UREGS);
	if (var >= DIF_VAR_ARG0 && var <= DIF_VAR_ARG9)
		return (1);
	return (n < nitems(dif_getters) && dif_getters[n] != NULL);
}

/* Returns the value of a builtin variable the verifier knows. */
uint64_t
dif_variable(struct dtrace_mstate *mstate, struct dtrace_state *state, u_int var, uint64_t index)
{

	if (var >= DIF_VAR_ARG0 && var <= DIF_VAR_ARG9)
		return (dif_argument(mstate, var - DIF_VAR_ARG0));
	if (var == DIF_VAR_ARGS)
		return (dif_argument(mstate, index));
	if (var == DIF_VAR_REGS) {	/* the probe point's own registers: no provider keeps them */
		dtrace_fault(CPU_DTRACE_ILLOP, index);
		return (0);
	}
	if (var == DIF_VAR_UREGS)
		return (index > 15 ? 0 : dtrace_getreg((u_int)index));
	return (dif_getters[var - DIF_VAR_OTHER_MIN](mstate, state));
}
