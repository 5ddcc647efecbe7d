/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signals.  A process can ignore a signal, catch it, hold it back with its mask, or leave it to its
 * default, which ends the process, stops it or does nothing.  There is no job control: the stop signals
 * are not for kill(2), only tracing sends them, and no parent hears of it.
 *
 * Locking: PROC_LOCK for pending sets and masks.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sched.h>
#include <sys/signalvar.h>
#include <sys/sleepqueue.h>
#include <sys/syscallsubr.h>
#include <sys/sysproto.h>
#include <sys/wait.h>

MALLOC_DEFINE(M_SUBPROC, "subproc", "Proc sub-structures");

#define	BIT(sig)	(1u << (sig))

#define	SIGPROP_IGNORE	(BIT(SIGURG) | BIT(SIGCONT) | BIT(SIGCHLD) | BIT(SIGIO) | BIT(SIGWINCH) | BIT(SIGINFO))
#define	SIGPROP_CORE	(BIT(SIGQUIT) | BIT(SIGILL) | BIT(SIGTRAP) | BIT(SIGABRT) | BIT(SIGEMT) | BIT(SIGFPE) | \
	BIT(SIGBUS) | BIT(SIGSEGV) | BIT(SIGSYS))
#define	SIGPROP_STOP	(BIT(SIGSTOP) | BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU))

struct sigacts *
sigacts_alloc(void)
{
	struct sigacts *ps;

	ps = malloc(sizeof(*ps), M_SUBPROC, M_WAITOK | M_ZERO);
	ps->ps_refcnt = 1;
	mtx_init(&ps->ps_mtx, "sigacts", NULL, MTX_DEF);
	return (ps);
}

void
sigacts_free(struct sigacts *ps)
{
	if (--ps->ps_refcnt > 0)
		return;
	mtx_destroy(&ps->ps_mtx);
	free(ps, M_SUBPROC);
}

void
sigacts_copy(struct sigacts *dest, struct sigacts *src)
{
	mtx_lock(&src->ps_mtx);
	bcopy(src->ps_sigact, dest->ps_sigact, sizeof(src->ps_sigact));
	bcopy(src->ps_catchmask, dest->ps_catchmask, sizeof(src->ps_catchmask));
	dest->ps_sigrestart = src->ps_sigrestart;
	mtx_unlock(&src->ps_mtx);
}

int
sig_ignored(struct proc *p, int sig)
{
	if (p->p_sigacts->ps_sigact[sig] == SIG_DFL)
		return ((SIGPROP_IGNORE & BIT(sig)) != 0);
	return (p->p_sigacts->ps_sigact[sig] == SIG_IGN);
}

/* The first signal to act on, or 0; PROC_LOCK held. */
int
cursig(struct thread *td)
{
	struct proc *p;
	int sig;

	p = td->td_proc;
	if (p->p_siglist.__bits[0] == 0)
		return (0);
	for (sig = 1; sig < NSIG; sig++)
		if (SIGISMEMBER(p->p_siglist, sig) && (sig == SIGKILL || sig == SIGSTOP || !SIGISMEMBER(td->td_sigmask, sig)))
			return (sig);
	return (0);
}

/* The same question where no lock may be taken. */
int
sig_pending(struct thread *td)
{
	return (cursig(td) != 0);
}

/* Lets a stopped process go on, and forgets what would stop it; PROC_LOCK held. */
void
sig_continue(struct proc *p)
{
	p->p_siglist.__bits[0] &= ~SIGPROP_STOP;
	if ((p->p_flag & P_STOPPED_SIG) == 0)
		return;
	p->p_flag &= ~P_STOPPED_SIG;
	wakeup(&p->p_siglist);
}

/* The current process does nothing until SIGCONT or SIGKILL comes; PROC_LOCK held. */
void
sig_stop(struct proc *p)
{
	p->p_flag |= P_STOPPED_SIG;
	while (p->p_flag & P_STOPPED_SIG)
		(void)msleep(&p->p_siglist, &p->p_mtx, PWAIT, "stopped", 0);
}

/* Makes sig pending for p and sees to it that p notices; PROC_LOCK held. */
void
kern_psignal(struct proc *p, int sig)
{
	struct thread *td;

	PROC_LOCK_ASSERT(p, MA_OWNED);
	if (sig <= 0 || sig >= NSIG || p->p_state != PRS_NORMAL || (p->p_flag & (P_SYSTEM | P_WEXIT)))
		return;
	if (sig == SIGCONT || sig == SIGKILL)
		sig_continue(p);
	if (sig_ignored(p, sig) || (p == initproc && sig != SIGCHLD))
		return;
	td = FIRST_THREAD_IN_PROC(p);
	SIGADDSET(p->p_siglist, sig);
	if (SIGISMEMBER(td->td_sigmask, sig) && sig != SIGKILL && sig != SIGSTOP)
		return;
	thread_lock(td);
	td->td_flags |= TDF_NEEDSIGCHK | TDF_ASTPENDING;
	(void)sleepq_abort(td, SIGISMEMBER(p->p_sigacts->ps_sigrestart, sig) ? ERESTART : EINTR);
	thread_unlock(td);
}

/* Makes the program run its handler when it is back in user mode; PROC_LOCK held. */
void
sig_catch(struct thread *td, int sig)
{
	struct sigacts *ps;
	sigset_t oldmask;

	ps = td->td_proc->p_sigacts;
	oldmask = td->td_sigmask;
	td->td_sigmask.__bits[0] |= ps->ps_catchmask[sig].__bits[0];
	SIGDELSET(td->td_sigmask, SIGKILL);
	td->td_ru.ru_nsignals++;
	PROC_UNLOCK(td->td_proc);
	sendsig(td, ps->ps_sigact[sig], sig, &oldmask);
	PROC_LOCK(td->td_proc);
}

/* Acts on sig, which cursig() chose; PROC_LOCK held. */
void
postsig(int sig)
{
	struct proc *p;

	p = curproc;
	SIGDELSET(p->p_siglist, sig);
	if (sig_ignored(p, sig))
		return;
	if (p->p_sigacts->ps_sigact[sig] != SIG_DFL) {
		sig_catch(curthread, sig);
		return;
	}
	if (SIGPROP_STOP & BIT(sig)) {
		sig_stop(p);
		return;
	}
	PROC_UNLOCK(p);
	sigexit(curthread, sig);
}

/* Ends the process as killed by sig; the console hears of a program that went wrong. */
void
sigexit(struct thread *td, int sig)
{
	if (SIGPROP_CORE & BIT(sig))
		printf("pid %d (%s), uid %d: exited on signal %d\n", td->td_proc->p_pid, td->td_proc->p_comm,
		    td->td_ucred->cr_uid, sig);
	td->td_ru.ru_nsignals++;
	exit1(td, W_EXITCODE(0, sig));
}

/* A fault of the program itself: a handler may have it, otherwise the program dies. */
void
trapsignal(struct thread *td, int sig, int code, void *addr)
{
	struct proc *p;
	void *action;

	p = td->td_proc;
	PROC_LOCK(p);
	action = p->p_sigacts->ps_sigact[sig];
	if (action != SIG_DFL && action != SIG_IGN && !SIGISMEMBER(td->td_sigmask, sig)) {
		sig_catch(td, sig);
		PROC_UNLOCK(p);
		return;
	}
	PROC_UNLOCK(p);
	sigexit(td, sig);
}

/* exec: what was ignored stays ignored, nothing else does. */
void
execsigs(struct proc *p)
{
	struct sigacts *ps;
	int sig;

	PROC_LOCK_ASSERT(p, MA_OWNED);
	ps = p->p_sigacts;
	mtx_lock(&ps->ps_mtx);
	for (sig = 1; sig < NSIG; sig++)
		if (ps->ps_sigact[sig] != SIG_IGN)
			ps->ps_sigact[sig] = SIG_DFL;
	mtx_unlock(&ps->ps_mtx);
}

/* Sends sig to a whole group; ESRCH if it is empty. */
int
killpg1(struct thread *td, pid_t pgid, int sig)
{
	struct pgrp *pgrp;
	struct proc *p;
	int error;

	error = ESRCH;
	sx_slock(&proctree_lock);
	pgrp = pgid == 0 ? td->td_proc->p_pgrp : pgfind(pgid);
	if (pgrp != NULL) {
		LIST_FOREACH(p, &pgrp->pg_members, p_pglist) {
			PROC_LOCK(p);
			if (sig != 0)
				kern_psignal(p, sig);
			PROC_UNLOCK(p);
			error = 0;
		}
	}
	sx_sunlock(&proctree_lock);
	return (error);
}

int
kern_kill(struct thread *td, pid_t pid, int sig)
{
	struct proc *p;

	if (sig < 0 || sig >= NSIG)
		return (EINVAL);
	if (sig != 0 && (SIGPROP_STOP & BIT(sig)))
		return (EOPNOTSUPP);
	if (pid == 0 || pid < -1)
		return (killpg1(td, -pid, sig));
	if (pid < 0)
		return (EPERM);
	p = pfind(pid);
	if (p == NULL) {
		p = zpfind(pid);
		if (p == NULL)
			return (ESRCH);
		PROC_UNLOCK(p);
		return (0);
	}
	if (sig != 0)
		kern_psignal(p, sig);
	PROC_UNLOCK(p);
	return (0);
}

int
sys_kill(struct thread *td, struct kill_args *uap)
{
	return (kern_kill(td, uap->pid, uap->signum));
}
