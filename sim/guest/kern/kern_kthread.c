/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kernel processes: forked from process 0 with no descriptors, running a kernel function for good.
 *
 * Locking: as fork1().
 */
#include <sys/systm.h>
#include <sys/kthread.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sched.h>
#include <sys/wait.h>
#include <machine/cpu.h>

/* Makes a kernel process that runs func(arg); RFSTOPPED in flags leaves it to the caller to start it. */
int
kproc_create(void (*func)(void *), void *arg, struct proc **newpp, int flags, int pages, const char *fmt, ...)
{
	struct proc *p2;
	struct thread *td;
	va_list ap;
	int error;

	error = fork1(&thread0, RFMEM | RFCFDG | RFPROC | RFSTOPPED | flags, pages, &p2);
	if (error != 0)
		return (error);
	td = FIRST_THREAD_IN_PROC(p2);
	va_start(ap, fmt);
	vsnprintf(p2->p_comm, sizeof(p2->p_comm), fmt, ap);
	va_end(ap);
	strlcpy(td->td_name, p2->p_comm, sizeof(td->td_name));
	PROC_LOCK(p2);
	p2->p_flag |= P_SYSTEM | P_KTHREAD;
	PROC_UNLOCK(p2);
	td->td_pflags |= TDP_KTHREAD;
	cpu_set_fork_handler(td, func, arg);
	thread_lock(td);
	td->td_pri_class = PRI_REALTIME;
	sched_prio(td, PVM);
	if ((flags & RFSTOPPED) == 0)
		sched_add(td, SRQ_BORING);
	thread_unlock(td);
	if (newpp != NULL)
		*newpp = p2;
	return (0);
}

void
kproc_exit(int ecode)
{
	exit1(curthread, W_EXITCODE(ecode, 0));
}
