/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The syscall provider: syscall:freebsd:NAME:entry and :return for every system call there is.
 *
 * While a probe is enabled its id stands in the call's sysent entry, and swi_handler() calls
 * systrace_probe_func.  Entry arguments are the call's registers; at return arg0 and arg1 are the
 * value returned, -1 if it failed, and errno says why.  No locks: ids are stored whole.
 */
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/sysent.h>
#include <sys/syscall.h>
#include <machine/proc.h>
#include <sys/sdt.h>
#include "dtrace/dtrace_impl.h"

/* The types of a call's arguments and of its result, which is both arguments of the return probe. */
struct systrace_types {
	const struct sdt_argtype *args;
	u_int	nargs;
	const struct sdt_argtype *result;
};
#include <systrace_args.h>

static const register_t *systrace_current;	/* the arguments of the call whose entry probe is being handled */

struct systrace_arg {
	u_int	code;
	int	which;		/* SYSTRACE_ENTRY or SYSTRACE_RETURN */
};

void
systrace_set(struct dtrace_probe *probe, dtrace_id_t id)
{
	const struct systrace_arg *arg = probe->arg;

	if (arg->which == SYSTRACE_ENTRY)
		sysent[arg->code].sy_entry = id;
	else
		sysent[arg->code].sy_return = id;
}

void
systrace_enable(struct dtrace_probe *probe)
{

	systrace_set(probe, probe->id);
}

void
systrace_disable(struct dtrace_probe *probe)
{

	systrace_set(probe, 0);
}

/* What swi_handler() calls; it has set td_errno before a return. */
void
systrace_fire(struct thread *td, struct sysent *callp, struct syscall_args *sa, int which, int retval)
{
	const register_t *args = sa->args;

	if (which == SYSTRACE_RETURN) {
		/* Nothing failed: the registers have been set already, as after execve. */
		if (td->td_errno == EJUSTRETURN)
			retval = 0;
		dtrace_probe(callp->sy_return, (uintptr_t)retval, (uintptr_t)retval, 0, 0, 0);
	} else {
		systrace_current = args;
		dtrace_probe(callp->sy_entry, (uintptr_t)args[0], (uintptr_t)args[1], (uintptr_t)args[2],
		    (uintptr_t)args[3], (uintptr_t)args[4]);
		systrace_current = NULL;
	}
}

/* Returns argument 5 and up of the call that is being handled, 0 at other probes. */
uint64_t
systrace_getarg(u_int arg)
{

	return (systrace_current == NULL || arg >= MAXARGS ? 0 : (uint32_t)systrace_current[arg]);
}

void
systrace_create(u_int code, int which, const char *name)
{
	static const struct dtrace_provider provider = { "syscall", systrace_enable, systrace_disable };
	struct systrace_arg *arg = dtrace_alloc(sizeof(*arg), 1);
	dtrace_id_t id;

	arg->code = code;
	arg->which = which;
	id = dtrace_probe_create(&provider, "freebsd", syscallnames[code], name, 0,
	    which == SYSTRACE_ENTRY ? (u_int)sysent[code].sy_narg : 2, arg);
	if (which == SYSTRACE_RETURN) {
		dtrace_probe_lookup(id)->flags |= DTRACE_PROBE_SIGNED;
		dtrace_probe_argtypes(id, SDT_ARGTYPES(systrace_types[code].result), 2);
	} else
		dtrace_probe_argtypes(id, SDT_ARGTYPES(systrace_types[code].args), systrace_types[code].nargs);
}

void
systrace_init(void)
{

	for (u_int code = 0; code < SYS_MAXSYSCALL; code++) {
		if (sysent[code].sy_call == NULL || syscallnames[code][0] == '#')
			continue;
		systrace_create(code, SYSTRACE_ENTRY, "entry");
		systrace_create(code, SYSTRACE_RETURN, "return");
	}
	systrace_probe_func = systrace_fire;
}
