/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ending processes and waiting for them.  exit1() gives everything back but the structure, its stack
 * and the usage, which proc_reap() frees when the parent has seen them.  Orphans go to init.
 *
 * Locking: proctree_lock around parents and children; the exiting thread takes sched_lock last and
 * never returns it itself.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/filedesc.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/dtrace.h>
#include <sys/resourcevar.h>
#include <sys/sched.h>
#include <sys/sdt.h>
#include <sys/signalvar.h>
#include <sys/syscallsubr.h>
#include <sys/sysproto.h>
#include <sys/vnode.h>
#include <sys/wait.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>

SDT_PROBE_DEFINE1(proc, , , exit, "int");
SDT_PROBE_DEFINE0(proc, , , lwp__exit);

int
sys_sys_exit(struct thread *td, struct sys_exit_args *uap)
{
	exit1(td, W_EXITCODE(uap->rval & 0xff, 0));
}

/* A vfork's parent may go on. */
void
release_ppwait(struct proc *p)
{
	PROC_LOCK(p);
	if (p->p_flag & P_PPWAIT) {
		p->p_flag &= ~P_PPWAIT;
		cv_broadcast(&p->p_pwait);
	}
	PROC_UNLOCK(p);
}

/* Hands child to another parent; proctree_lock held exclusively. */
void
proc_reparent(struct proc *child, struct proc *parent)
{
	sx_assert(&proctree_lock, SA_XLOCKED);
	PROC_LOCK(child);
	LIST_REMOVE(child, p_sibling);
	LIST_INSERT_HEAD(&parent->p_children, child, p_sibling);
	child->p_pptr = parent;
	PROC_UNLOCK(child);
}

/* All children go to init, which must be told if some are zombies already. */
void
exit_orphan_children(struct proc *p)
{
	struct proc *q, *nq;

	if (LIST_EMPTY(&p->p_children))
		return;
	LIST_FOREACH_SAFE(q, &p->p_children, p_sibling, nq)
		proc_reparent(q, initproc);
	wakeup(initproc);
}

/* Moves p to the zombies and freezes its usage. */
void
exit_zombie(struct thread *td, struct proc *p, int rv)
{
	struct rusage ru;

	sx_xlock(&allproc_lock);
	LIST_REMOVE(p, p_list);
	LIST_REMOVE(p, p_hash);
	LIST_INSERT_HEAD(&zombproc, p, p_list);
	sx_xunlock(&allproc_lock);
	rufetch(p, &ru);
	PROC_LOCK(p);
	p->p_xstat = rv;
	p->p_ru = ru;
	bzero(&td->td_ru, sizeof(td->td_ru));
	PROC_UNLOCK(p);
}

/* Ends the calling process with wait status rv. */
void
exit1(struct thread *td, int rv)
{
	struct proc *p;

	p = td->td_proc;
	if (p == initproc)
		panic("exit1: init died with status %#x", rv);
	SDT_PROBE1(proc, , , exit, WIFSIGNALED(rv) ? CLD_KILLED : CLD_EXITED);
	SDT_PROBE0(proc, , , lwp__exit);
	PROC_LOCK(p);
	p->p_flag |= P_WEXIT;
	while (p->p_lock > 0)
		(void)msleep(&p->p_lock, &p->p_mtx, PWAIT, "exithold", hz);
	PROC_UNLOCK(p);
	callout_drain(&td->td_slpcallout);
	fdescfree(td);
	p->p_ru.ru_maxrss = vmspace_resident_count(p->p_vmspace) * (PAGE_SIZE / 1024);
	vmspace_exit(td);
	release_ppwait(p);
	if (p->p_textvp != NULL) {
		vrele(p->p_textvp);
		p->p_textvp = NULL;
	}
	sx_xlock(&proctree_lock);
	exit_zombie(td, p, rv);
	exit_orphan_children(p);
	PROC_LOCK(p->p_pptr);
	PROC_LOCK(p);
	p->p_state = PRS_ZOMBIE;
	PROC_UNLOCK(p);
	kern_psignal(p->p_pptr, SIGCHLD);
	PROC_UNLOCK(p->p_pptr);
	cpu_exit(td);
	wakeup(p->p_pptr);
	dtrace_wakeup();
	sx_xunlock(&proctree_lock);
	sched_exit(p->p_pptr, td);
	thread_lock(td);	/* no one else runs before sched_throw(): the kernel is not preempted */
	charge_runtime(td);
	PCPU_INC(v_swtch);
	td->td_state = TDS_INACTIVE;
	sched_throw(td);
}
