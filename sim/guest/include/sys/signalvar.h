/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signals inside the kernel: a signal is ignored, caught by a handler of the program, or has its
 * default effect, which is death or nothing.  Pending sets and masks are under PROC_LOCK.
 */
#ifndef _SYS_SIGNALVAR_H_
#define	_SYS_SIGNALVAR_H_

#include <sys/signal.h>
#include <sys/lock.h>
#include <sys/mutex.h>

struct proc;
struct thread;
struct trapframe;

#define	SIG_DFL	((void *)0)
#define	SIG_IGN	((void *)1)

/* What a process does on each signal; fields under PROC_LOCK, as one process has one of these. */
struct sigacts {
	void	*ps_sigact[NSIG];	/* SIG_DFL, SIG_IGN or a handler's address */
	sigset_t ps_catchmask[NSIG];	/* also blocked while the handler runs */
	sigset_t ps_sigrestart;		/* these restart an interrupted system call */
	int	ps_refcnt;
	struct mtx ps_mtx;
};

/* As <signal.h> has it. */
struct sigaction {
	void	*sa_handler;
	int	sa_flags;
	sigset_t sa_mask;
};
#define	SA_RESTART	0x0002
#define	SA_RESETHAND	0x0004
#define	SA_NODEFER	0x0010

#define	SIGBIT(sig)		(1u << (((sig) - 1) & 31))
#define	SIGISMEMBER(set, sig)	((set).__bits[((sig) - 1) >> 5] & SIGBIT(sig))
#define	SIGADDSET(set, sig)	((set).__bits[((sig) - 1) >> 5] |= SIGBIT(sig))
#define	SIGDELSET(set, sig)	((set).__bits[((sig) - 1) >> 5] &= ~SIGBIT(sig))

struct sigacts *sigacts_alloc(void);
void	sigacts_free(struct sigacts *ps);
void	sigacts_copy(struct sigacts *dest, struct sigacts *src);
void	trapsignal(struct thread *td, int sig, int code, void *addr);
void	kern_psignal(struct proc *p, int sig);
void	sigexit(struct thread *td, int sig) __attribute__((noreturn));
int	cursig(struct thread *td);
int	sig_pending(struct thread *td);
void	postsig(int sig);
void	execsigs(struct proc *p);
void	signotify(struct thread *td);
void	sendsig(struct thread *td, void *handler, int sig, const sigset_t *oldmask);
extern const uint32_t sigcode[];	/* what a handler returns to, copied to the top of the user stack */
#define	SIGCODE_BYTES	16

#endif
