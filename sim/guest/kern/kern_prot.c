/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who a process is: its ids, and the credentials behind them.  Everything runs as user 0.
 *
 * Locking: cr_ref by atomic operations; parents under PROC_LOCK.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>

MALLOC_DEFINE(M_CRED, "cred", "credentials");

struct ucred *
crget(void)
{
	struct ucred *cr;

	cr = malloc(sizeof(*cr), M_CRED, M_WAITOK | M_ZERO);
	cr->cr_ref = 1;
	cr->cr_ngroups = 1;
	return (cr);
}

struct ucred *
crhold(struct ucred *cr)
{
	atomic_add_int(&cr->cr_ref, 1);
	return (cr);
}

void
crfree(struct ucred *cr)
{
	if (cr != NULL && atomic_fetchadd_int(&cr->cr_ref, -1) == 1)
		free(cr, M_CRED);
}

int
sys_getpid(struct thread *td, struct getpid_args *uap)
{
	td->td_retval[0] = td->td_proc->p_pid;
	return (0);
}

int
sys_getppid(struct thread *td, struct getppid_args *uap)
{
	struct proc *p;

	p = td->td_proc;
	PROC_LOCK(p);
	td->td_retval[0] = p->p_pptr->p_pid;
	PROC_UNLOCK(p);
	return (0);
}

int
sys_getpgrp(struct thread *td, struct getpgrp_args *uap)
{
	struct proc *p;

	p = td->td_proc;
	PROC_LOCK(p);
	td->td_retval[0] = p->p_pgrp != NULL ? p->p_pgrp->pg_id : 0;
	PROC_UNLOCK(p);
	return (0);
}

int
sys_getuid(struct thread *td, struct getuid_args *uap)
{
	td->td_retval[0] = (register_t)td->td_ucred->cr_ruid;
	return (0);
}

int
sys_geteuid(struct thread *td, struct geteuid_args *uap)
{
	td->td_retval[0] = (register_t)td->td_ucred->cr_uid;
	return (0);
}

int
sys_getgid(struct thread *td, struct getgid_args *uap)
{
	td->td_retval[0] = (register_t)td->td_ucred->cr_rgid;
	return (0);
}

int
sys_getegid(struct thread *td, struct getegid_args *uap)
{
	td->td_retval[0] = (register_t)td->td_ucred->cr_gid;
	return (0);
}

/* No program changes its user: there are no set-id bits. */
int
sys_issetugid(struct thread *td, struct issetugid_args *uap)
{
	td->td_retval[0] = 0;
	return (0);
}
