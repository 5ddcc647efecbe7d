/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Creating processes.  A child gets copies of everything the parent has; memory is copied on write.
 * vfork's child borrows the parent's memory, and the parent waits until it execs or exits.
 *
 * Locking: allproc_lock while the id is chosen and the child becomes visible, proctree_lock for its
 * place in the tree; the child is nobody else's until sched_add().
 */
#include <sys/systm.h>
#include <sys/dtrace.h>
#include <sys/errno.h>
#include <sys/filedesc.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/resourcevar.h>
#include <sys/sched.h>
#include <sys/signalvar.h>
#include <sys/sysent.h>
#include <sys/sysproto.h>
#include <sys/timetc.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>

#define	MAXPROC	256

int
sys_fork(struct thread *td, struct fork_args *uap)
{
	struct proc *p2;
	int error;

	error = fork1(td, RFFDG | RFPROC, 0, &p2);
	if (error == 0) {
		td->td_retval[0] = p2->p_pid;
		td->td_retval[1] = 0;
	}
	return (error);
}

int
sys_vfork(struct thread *td, struct vfork_args *uap)
{
	struct proc *p2;
	int error;

	error = fork1(td, RFFDG | RFPROC | RFPPWAIT | RFMEM, 0, &p2);
	if (error == 0) {
		td->td_retval[0] = p2->p_pid;
		td->td_retval[1] = 0;
	}
	return (error);
}

/* What the new process takes over from its parent as it is. */
void
fork_inherit(struct proc *p1, struct proc *p2, struct thread *td2)
{
	PROC_LOCK(p1);
	p2->p_sysent = p1->p_sysent;
	p2->p_osrel = p1->p_osrel;
	p2->p_flag = (p1->p_flag & P_KTHREAD) | P_INMEM;
	strlcpy(p2->p_comm, p1->p_comm, sizeof(p2->p_comm));
	strlcpy(td2->td_name, p1->p_comm, sizeof(td2->td_name));
	p2->p_textvp = p1->p_textvp;
	p2->p_args = p1->p_args;
	pargs_hold(p2->p_args);
	PROC_UNLOCK(p1);
	td2->td_sigmask = curthread->td_sigmask;
	p2->p_ucred = crhold(curthread->td_ucred);
	td2->td_ucred = crhold(p2->p_ucred);
	if (p2->p_textvp != NULL)
		vref(p2->p_textvp);
	microuptime(&p2->p_start);
}

/* Gives the child its id and its place in lists and tree. */
void
fork_link(struct proc *p1, struct proc *p2)
{
	p2->p_state = PRS_NEW;
	sx_xlock(&proctree_lock);
	sx_xlock(&allproc_lock);
	p2->p_pid = fork_findpid();
	nprocs++;
	sx_xunlock(&allproc_lock);
	proc_insert(p2);
	if (p1->p_pgrp != NULL)
		(void)enterthispgrp(p2, p1->p_pgrp);
	p2->p_pptr = p1;
	LIST_INSERT_HEAD(&p1->p_children, p2, p_sibling);
	sx_xunlock(&proctree_lock);
}

/* The parent of a vfork waits until its memory is its own again. */
void
fork_ppwait(struct proc *p2)
{
	PROC_LOCK(p2);
	while (p2->p_flag & P_PPWAIT)
		cv_wait(&p2->p_pwait, &p2->p_mtx);
	PROC_UNLOCK(p2);
}

/*
 * Creates a process as flags (RF*) say and makes it runnable unless RFSTOPPED.  Returns 0, EAGAIN or
 * ENOMEM; the child is in *procp.
 */
int
fork1(struct thread *td, int flags, int pages, struct proc **procp)
{
	struct proc *p1, *newproc;
	struct thread *td2;
	struct vmspace *vm2;
	struct sigacts *newsigacts;

	p1 = td->td_proc;
	if (nprocs >= MAXPROC)
		return (EAGAIN);
	newproc = proc_alloc();
	if (newproc == NULL)
		return (ENOMEM);
	td2 = FIRST_THREAD_IN_PROC(newproc);
	vm2 = NULL;
	if ((flags & RFMEM) == 0) {
		vm2 = vmspace_fork(p1->p_vmspace);
		if (vm2 == NULL) {
			proc_free(newproc);
			return (ENOMEM);
		}
	}
	newsigacts = sigacts_alloc();
	sigacts_copy(newsigacts, p1->p_sigacts);
	newproc->p_sigacts = newsigacts;
	newproc->p_fd = (flags & RFCFDG) ? fdinit(p1->p_fd) : fdcopy(p1->p_fd);
	fork_inherit(p1, newproc, td2);
	sched_fork(td, td2);
	vm_forkproc(td, newproc, td2, vm2, flags);
	if (flags & RFPPWAIT)
		newproc->p_flag |= P_PPWAIT;
	fork_link(p1, newproc);
	PROC_LOCK(newproc);
	newproc->p_state = PRS_NORMAL;
	PROC_UNLOCK(newproc);
	if (dtrace_fork_func != NULL)
		(*dtrace_fork_func)(newproc);
	*procp = newproc;
	thread_lock(td2);
	TD_SET_CAN_RUN(td2);
	if ((flags & RFSTOPPED) == 0)
		sched_add(td2, SRQ_BORING);
	thread_unlock(td2);
	if (flags & RFPPWAIT)
		fork_ppwait(newproc);
	return (0);
}

/* Where a new thread starts, on its own stack, with sched_lock held by the switch to it. */
void
fork_exit(void (*callout)(void *, struct trapframe *), void *arg, struct trapframe *frame)
{
	struct proc *p;
	struct thread *td;

	td = curthread;
	p = td->td_proc;
	sched_fork_exit(td);
	mtx_unlock_spin(&sched_lock);
	(*callout)(arg, frame);
	if (p->p_flag & P_KTHREAD)
		panic("fork_exit: kernel process %s returned", p->p_comm);
	userret(td, frame);
}

/* The callout of an ordinary child: nothing to do but return to user mode. */
void
fork_return(struct thread *td, struct trapframe *frame)
{
	KASSERT(td == curthread, ("fork_return: not the new thread"));
}
