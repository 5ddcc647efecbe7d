/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Catching signals: sigaction and sigprocmask, the frame a handler finds on its stack, and sigreturn.
 *
 * Locking: PROC_LOCK for actions and masks; the frame is the thread's own.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/signalvar.h>
#include <sys/syscall.h>
#include <sys/sysproto.h>
#include <sys/exec.h>
#include <machine/vmparam.h>

/* What sigreturn() puts back: found at sp when the handler returns. */
struct sigframe {
	struct trapframe sf_tf;
	sigset_t sf_mask;
	int	sf_signo;
	int	sf_pad;
};

/* mov r0, sp; ldr r7, [pc]; swi 0; .word SYS_sigreturn */
const uint32_t sigcode[SIGCODE_BYTES / 4] = { 0xe1a0000d, 0xe59f7000, 0xef000000, SYS_sigreturn };

/* Arranges for handler(sig) to run in user mode; a stack that cannot be written is fatal. */
void
sendsig(struct thread *td, void *handler, int sig, const sigset_t *oldmask)
{
	struct trapframe *tf;
	struct sigframe frame;
	vm_offset_t sp;

	tf = td->td_frame;
	frame.sf_tf = *tf;
	frame.sf_mask = *oldmask;
	frame.sf_signo = sig;
	frame.sf_pad = 0;
	sp = (((vm_offset_t)tf->tf_usr_sp - sizeof(frame)) & ~7u);
	if (copyout(&frame, (void *)sp, sizeof(frame)) != 0)
		sigexit(td, SIGILL);
	tf->tf_r0 = sig;
	tf->tf_r1 = 0;
	tf->tf_r2 = (register_t)sp;
	tf->tf_usr_sp = (register_t)sp;
	tf->tf_usr_lr = (register_t)(PS_STRINGS - SIGCODE_BYTES);
	tf->tf_pc = (register_t)(uintptr_t)handler;
}

/* Only user mode's own bits of the status register come from the user's copy. */
int
sys_sigreturn(struct thread *td, struct sigreturn_args *uap)
{
	struct sigframe frame;
	struct trapframe *tf;
	register_t spsr;
	int error;

	error = copyin(uap->sigcntxp, &frame, sizeof(frame));
	if (error != 0)
		return (error);
	tf = td->td_frame;
	spsr = (tf->tf_spsr & ~(register_t)PSR_FLAGS) | (frame.sf_tf.tf_spsr & (register_t)PSR_FLAGS);
	*tf = frame.sf_tf;
	tf->tf_spsr = spsr;
	PROC_LOCK(td->td_proc);
	td->td_sigmask = frame.sf_mask;
	SIGDELSET(td->td_sigmask, SIGKILL);
	signotify(td);
	PROC_UNLOCK(td->td_proc);
	return (EJUSTRETURN);
}

/* Looks at signals again on the way out if the mask now lets one through; PROC_LOCK held. */
void
signotify(struct thread *td)
{
	if (cursig(td) == 0)
		return;
	thread_lock(td);
	td->td_flags |= TDF_NEEDSIGCHK | TDF_ASTPENDING;
	thread_unlock(td);
}

int
sys_sigprocmask(struct thread *td, struct sigprocmask_args *uap)
{
	sigset_t set;
	int error;

	if (uap->set != NULL && (error = copyin(uap->set, &set, sizeof(set))) != 0)
		return (error);
	if (uap->oset != NULL && (error = copyout(&td->td_sigmask, uap->oset, sizeof(set))) != 0)
		return (error);
	if (uap->set == NULL)
		return (0);
	error = 0;
	PROC_LOCK(td->td_proc);
	if (uap->how == SIG_BLOCK)
		td->td_sigmask.__bits[0] |= set.__bits[0];
	else if (uap->how == SIG_UNBLOCK)
		td->td_sigmask.__bits[0] &= ~set.__bits[0];
	else if (uap->how == SIG_SETMASK)
		td->td_sigmask.__bits[0] = set.__bits[0];
	else
		error = EINVAL;
	SIGDELSET(td->td_sigmask, SIGKILL);
	SIGDELSET(td->td_sigmask, SIGSTOP);
	signotify(td);
	PROC_UNLOCK(td->td_proc);
	return (error);
}

/* Sets the action; PROC_LOCK held. */
void
sigaction_set(struct proc *p, int sig, const struct sigaction *act)
{
	struct sigacts *ps;

	ps = p->p_sigacts;
	ps->ps_sigact[sig] = act->sa_handler;
	ps->ps_catchmask[sig] = act->sa_mask;
	if ((act->sa_flags & SA_NODEFER) == 0)
		SIGADDSET(ps->ps_catchmask[sig], sig);
	if (act->sa_flags & SA_RESTART)
		SIGADDSET(ps->ps_sigrestart, sig);
	else
		SIGDELSET(ps->ps_sigrestart, sig);
	if (act->sa_handler == SIG_IGN)
		SIGDELSET(p->p_siglist, sig);
}

void
sigaction_get(struct proc *p, int sig, struct sigaction *oact)
{
	bzero(oact, sizeof(*oact));
	oact->sa_handler = p->p_sigacts->ps_sigact[sig];
	oact->sa_mask = p->p_sigacts->ps_catchmask[sig];
	if (SIGISMEMBER(p->p_sigacts->ps_sigrestart, sig))
		oact->sa_flags |= SA_RESTART;
}

/* SA_RESTART and SA_NODEFER are the flags there are. */
int
sys_sigaction(struct thread *td, struct sigaction_args *uap)
{
	struct sigaction act, oact;
	int error;

	if (uap->sig <= 0 || uap->sig >= NSIG)
		return (EINVAL);
	if (uap->act != NULL) {
		error = copyin(uap->act, &act, sizeof(act));
		if (error != 0)
			return (error);
		if (act.sa_flags & ~(SA_RESTART | SA_NODEFER))
			return (ENOTSUP);
		if ((uap->sig == SIGKILL || uap->sig == SIGSTOP) && act.sa_handler != SIG_DFL)
			return (EINVAL);
	}
	PROC_LOCK(td->td_proc);
	sigaction_get(td->td_proc, uap->sig, &oact);
	if (uap->act != NULL)
		sigaction_set(td->td_proc, uap->sig, &act);
	PROC_UNLOCK(td->td_proc);
	return (uap->oact != NULL ? copyout(&oact, uap->oact, sizeof(oact)) : 0);
}
