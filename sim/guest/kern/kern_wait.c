/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wait4: finding an ended child, collecting its status and usage, and freeing what is left of it.
 *
 * Locking: proctree_lock over the children; a waiting parent sleeps on its own process structure.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/syscallsubr.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/wait.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>

int
sys_wait4(struct thread *td, struct wait4_args *uap)
{
	struct rusage ru;
	int error, status;

	error = kern_wait(td, uap->pid, &status, uap->options, uap->rusage != NULL ? &ru : NULL);
	if (error != 0 || td->td_retval[0] == 0)
		return (error);
	if (uap->status != NULL)
		error = copyout(&status, uap->status, sizeof(status));
	if (error == 0 && uap->rusage != NULL)
		error = copyout(&ru, uap->rusage, sizeof(ru));
	return (error);
}

int
kern_wait(struct thread *td, pid_t pid, int *status, int options, struct rusage *rup)
{
	return (kern_wait6(td, pid, status, options, rup));
}

/* Is q one of those pid asks for: any, a group, one's own group, or one process. */
int
wait_matches(struct thread *td, struct proc *q, pid_t pid)
{
	pid_t pgid;

	if (pid == WAIT_ANY)
		return (1);
	if (pid > 0)
		return (q->p_pid == pid);
	pgid = pid == WAIT_MYPGRP ? (td->td_proc->p_pgrp != NULL ? td->td_proc->p_pgrp->pg_id : 0) : -pid;
	return (q->p_pgrp != NULL && q->p_pgrp->pg_id == pgid);
}

/* Usage of a zombie, with its times. */
void
wait_usage(struct proc *p, struct rusage *rup)
{
	*rup = p->p_ru;
	calcru(p, &rup->ru_utime, &rup->ru_stime);
}

/*
 * Takes the zombie p out of the world: its usage goes to the parent, its memory back.  Called with
 * proctree_lock held exclusively, returns without it.
 */
void
proc_reap(struct thread *td, struct proc *p, int *status, int options)
{
	struct proc *parent;
	struct rusage ru;

	parent = td->td_proc;
	td->td_retval[0] = p->p_pid;
	if (status != NULL)
		*status = p->p_xstat;
	wait_usage(p, &ru);
	sx_xlock(&allproc_lock);
	LIST_REMOVE(p, p_list);
	nprocs--;
	sx_xunlock(&allproc_lock);
	LIST_REMOVE(p, p_sibling);
	(void)leavepgrp(p);
	PROC_LOCK(parent);
	ruadd(&parent->p_cru, &ru);
	ruadd(&parent->p_cru, &p->p_cru);
	pmu_reap(parent, p);
	PROC_UNLOCK(parent);
	sx_xunlock(&proctree_lock);
	pargs_drop(p->p_args);
	p->p_args = NULL;
	sigacts_free(p->p_sigacts);
	crfree(FIRST_THREAD_IN_PROC(p)->td_ucred);
	crfree(p->p_ucred);
	vm_waitproc(p);
	proc_free(p);
}

/* One look at the children: 1 if one was reaped, 0 if none has ended, -1 if none matches. */
int
wait_scan(struct thread *td, pid_t pid, int *status, int options, struct rusage *rup)
{
	struct proc *p;
	int found;

	found = -1;
	sx_xlock(&proctree_lock);
	LIST_FOREACH(p, &td->td_proc->p_children, p_sibling) {
		if (!wait_matches(td, p, pid))
			continue;
		found = 0;
		if (p->p_state != PRS_ZOMBIE)
			continue;
		if (rup != NULL)
			wait_usage(p, rup);
		proc_reap(td, p, status, options);
		return (1);
	}
	sx_xunlock(&proctree_lock);
	return (found);
}

/* Waits for a child; its id in td_retval[0], or 0 if WNOHANG and none has ended. */
int
kern_wait6(struct thread *td, pid_t pid, int *status, int options, struct rusage *rup)
{
	int error, found;

	if (options & ~(WNOHANG | WUNTRACED))
		return (EINVAL);
	for (;;) {
		found = wait_scan(td, pid, status, options, rup);
		if (found == 1)
			return (0);
		if (found == -1)
			return (ECHILD);
		if (options & WNOHANG) {
			td->td_retval[0] = 0;
			return (0);
		}
		error = tsleep(td->td_proc, PWAIT | PCATCH, "wait", 0);
		if (error != 0)
			return (error);
	}
}
