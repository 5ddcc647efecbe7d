/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What happens on the way back to user mode: a wanted switch of threads, and signals.
 *
 * Locking: interrupts are on; the machine code masks them and looks at the flags once more after.
 */
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sched.h>
#include <sys/signalvar.h>
#include <machine/cpu.h>

/* Common end of system calls and traps from user mode. */
void
userret(struct thread *td, struct trapframe *frame)
{
	KASSERT(td->td_critnest == 0, ("userret: in a critical section"));
	sched_userret(td);
}

/* Acts on every signal that is let through. */
void
ast_signals(struct thread *td)
{
	struct proc *p;
	int sig;

	p = td->td_proc;
	PROC_LOCK(p);
	while ((sig = cursig(td)) != 0)
		postsig(sig);
	PROC_UNLOCK(p);
}

/* The signal a D program's action asked for, which could not be sent from a probe. */
void
ast_dtrace(struct thread *td)
{
	struct proc *p;

	p = td->td_proc;
	PROC_LOCK(p);
	kern_psignal(p, td->td_dtrace_sig);
	td->td_dtrace_sig = 0;
	PROC_UNLOCK(p);
}

/* Something asked for attention before user mode: TDF_* say what. */
void
ast(struct trapframe *framep)
{
	struct thread *td;
	int flags;

	td = curthread;
	thread_lock(td);
	flags = td->td_flags;
	td->td_flags &= ~(TDF_ASTPENDING | TDF_NEEDSIGCHK | TDF_NEEDRESCHED);
	thread_unlock(td);
	if (flags & TDF_NEEDRESCHED) {
		thread_lock(td);
		sched_prio(td, td->td_user_pri);
		mi_switch(SW_INVOL, NULL);
		thread_unlock(td);
	}
	if (td->td_dtrace_sig != 0)
		ast_dtrace(td);
	if (flags & TDF_NEEDSIGCHK)
		ast_signals(td);
	userret(td, framep);
}
