/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes and threads, with FreeBSD's field names.  One thread per process.
 *
 * Locks, by the letter in a field's comment:
 *   c  set at creation, constant after       p  PROC_LOCK (p_mtx)
 *   t  thread lock (sched_lock)              e  proctree_lock
 *   a  allproc_lock                          k  only by curthread itself
 */
#ifndef _SYS_PROC_H_
#define	_SYS_PROC_H_

#include <machine/pmu.h>
#include <sys/types.h>
#include <sys/param.h>
#include <sys/queue.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/sx.h>
#include <sys/callout.h>
#include <sys/condvar.h>
#include <sys/resource.h>
#include <sys/signal.h>
#include <sys/time.h>
#include <sys/ucred.h>
#include <machine/cpu.h>
#include <machine/proc.h>

struct filedesc;
struct file;
struct pcb;
struct pgrp;
struct sigacts;
struct sysentvec;
struct trapframe;
struct vmspace;
struct vnode;
struct vm_object;

/* Arguments of the last exec, for procstat(1)-like inspection: header, then the strings. */
struct pargs {
	u_int	ar_ref;		/* reference count */
	u_int	ar_length;	/* bytes of ar_args */
	u_char	ar_args[];
};

struct session {
	u_int	s_count;	/* pgrps in the session, under proctree_lock */
	pid_t	s_sid;
	struct proc *s_leader;
	struct mtx s_mtx;
};

struct pgrp {
	LIST_ENTRY(pgrp) pg_hash;
	LIST_HEAD(, proc) pg_members;
	struct session *pg_session;
	pid_t	pg_id;
	struct mtx pg_mtx;
};

struct thread {
	struct mtx *volatile td_lock;	/* always &sched_lock */
	struct proc *td_proc;		/* (c) */
	TAILQ_ENTRY(thread) td_runq;	/* (t) run queue */
	TAILQ_ENTRY(thread) td_slpq;	/* (t) sleep queue */
	lwpid_t	td_tid;			/* (c) */
	int	td_flags;		/* (t) TDF_* */
	int	td_pflags;		/* (k) TDP_* */
	int	td_inhibitors;		/* (t) TDI_* */
	enum {
		TDS_INACTIVE = 0, TDS_INHIBITED, TDS_CAN_RUN, TDS_RUNQ, TDS_RUNNING
	} td_state;			/* (t) */
	const void *td_wchan;		/* (t) sleep address */
	const char *td_wmesg;		/* (t) why it sleeps */
	u_char	td_priority;		/* (t) lower runs first */
	u_char	td_base_pri;		/* (t) priority without a sleep's boost */
	u_char	td_user_pri;		/* (t) priority in user mode */
	u_char	td_rqindex;		/* (t) run queue it is on */
	u_char	td_pri_class;		/* (t) PRI_* */
	volatile u_char td_oncpu;	/* (t) */
	int	td_intrval;		/* (t) what a broken sleep returns */
	u_int	td_slptick;		/* (t) ticks when it went to sleep */
	u_int	td_critnest;		/* (k) critical section depth */
	int	td_intr_nesting_level;	/* (k) */
	int	td_errno;		/* (k) of the last system call */
	register_t td_retval[2];	/* (k) system call results */
	u_int	td_estcpu;		/* (t) 4BSD's estimate of recent use */
	int	td_slice;		/* (t) ticks left of the time slice */
	u_int	td_pticks;		/* (t) statclock ticks since the last switch */
	u_int	td_sticks;		/* (t) in the kernel */
	u_int	td_iticks;		/* (t) in interrupts */
	u_int	td_uticks;		/* (t) in user mode */
	uint64_t td_runtime;		/* (t) cpu_ticks */
	uint64_t td_incruntime;		/* (t) not yet added to the process */
	struct rusage td_ru;		/* (t) */
	struct ucred *td_ucred;		/* (k) reference */
	struct trapframe *td_frame;	/* (k) user registers */
	struct pcb *td_pcb;		/* (k) saved kernel context */
	vm_offset_t td_kstack;		/* (c) kernel stack, lowest address */
	int	td_kstack_pages;	/* (c) */
	struct vm_object *td_kstack_obj;/* (c) */
	struct mdthread td_md;		/* machine-dependent */
	sigset_t td_sigmask;		/* (p) */
	struct callout td_slpcallout;	/* (t) sleep timeout */
	struct file *td_fpop;		/* (k) file a cdev operation is on */
	char	td_name[MAXCOMLEN + 1];	/* (c) */
	void	*td_dtrace;		/* (k) the tracing code's */
	uint64_t td_dtrace_vtime;	/* (k) virtual time so far, ns */
	uint64_t td_dtrace_start;	/* (k) when it was put on the CPU, ns */
	uint32_t td_predcache;		/* (k) tracing predicate known to be false, 0 = none */
	int	td_dtrace_sig;		/* (k) signal an action asked for, sent on the way to user mode */
};

/* td_flags */
#define	TDF_IDLETD	0x00000020	/* the idle thread */
#define	TDF_SINTR	0x00000008	/* sleep can be interrupted by a signal */
#define	TDF_TIMEOUT	0x00000010	/* sleep ended by timeout */
#define	TDF_SLEEPABORT	0x00000080	/* sleep ended by a signal */
#define	TDF_NEEDRESCHED	0x00010000	/* switch on the way back to user mode */
#define	TDF_NEEDSIGCHK	0x00020000	/* look at signals on the way back */
#define	TDF_ASTPENDING	0x00000800	/* ast() wanted; machine code tests it */
#define	TDF_SLICEEND	0x00200000

/* td_pflags */
#define	TDP_KTHREAD	0x00200000	/* kernel thread */
#define	TDP_NOFAULTING	0x00000001	/* faults are not to be handled */

/* td_inhibitors */
#define	TDI_SLEEPING	0x0002
#define	TDI_LOCK	0x0008

#define	TD_IS_SLEEPING(td)	((td)->td_inhibitors & TDI_SLEEPING)
#define	TD_ON_SLEEPQ(td)	((td)->td_wchan != NULL)
#define	TD_IS_RUNNING(td)	((td)->td_state == TDS_RUNNING)
#define	TD_ON_RUNQ(td)		((td)->td_state == TDS_RUNQ)
#define	TD_CAN_RUN(td)		((td)->td_state == TDS_CAN_RUN)
#define	TD_SET_SLEEPING(td)	do {					\
	(td)->td_state = TDS_INHIBITED;					\
	(td)->td_inhibitors |= TDI_SLEEPING;				\
} while (0)
#define	TD_CLR_SLEEPING(td)	do {					\
	(td)->td_inhibitors &= ~TDI_SLEEPING;				\
	if ((td)->td_inhibitors == 0)					\
		(td)->td_state = TDS_CAN_RUN;				\
} while (0)
#define	TD_SET_RUNNING(td)	((td)->td_state = TDS_RUNNING)
#define	TD_SET_RUNQ(td)		((td)->td_state = TDS_RUNQ)
#define	TD_SET_CAN_RUN(td)	((td)->td_state = TDS_CAN_RUN)

struct proc {
	LIST_ENTRY(proc) p_list;	/* (a) allproc or zombproc */
	LIST_ENTRY(proc) p_hash;	/* (a) */
	struct thread *p_thread;	/* (c) the one thread, see FIRST_THREAD_IN_PROC */
	struct mtx p_mtx;		/* PROC_LOCK */
	struct ucred *p_ucred;		/* (c + k) */
	struct filedesc *p_fd;		/* (k) */
	struct vmspace *p_vmspace;	/* (k) */
	struct sigacts *p_sigacts;	/* (c) */
	struct sysentvec *p_sysent;	/* (c) */
	struct pargs *p_args;		/* (p) */
	struct vnode *p_textvp;		/* (k) program's vnode */
	int	p_flag;			/* (p) P_* */
	enum { PRS_NEW = 0, PRS_NORMAL, PRS_ZOMBIE } p_state;	/* (p) */
	pid_t	p_pid;			/* (c) */
	struct proc *p_pptr;		/* (p + e) parent */
	LIST_HEAD(, proc) p_children;	/* (e) */
	LIST_ENTRY(proc) p_sibling;	/* (e) */
	LIST_ENTRY(proc) p_pglist;	/* (e) */
	struct pgrp *p_pgrp;		/* (e) */
	struct cv p_pwait;		/* vfork's parent waits here */
	sigset_t p_siglist;		/* (p) pending signals */
	u_int	p_lock;			/* (p) holds: cannot be reaped */
	int	p_xstat;		/* (p) exit status or signal */
	struct rusage p_ru;		/* (p) at exit */
	struct rusage p_cru;		/* (p) of waited-for children */
	uint64_t p_runtime;		/* (t) cpu_ticks of the process */
	uint64_t p_cruruntime;		/* (p) of waited-for children */
	uint64_t p_uticks, p_sticks, p_iticks;	/* (t) statclock ticks */
	uint64_t p_uu, p_su;		/* (t) last user and system us reported */
	struct timeval p_start;		/* (c) time of creation since boot */
	char	p_comm[MAXCOMLEN + 1];	/* (p) */
	int	p_osrel;		/* (k) */
	void	*p_dtrace;		/* the tracing code's */
	struct pmu_counts p_pmu;	/* (t) performance counters */
	struct pmu_counts p_cpmu;	/* (p) of waited-for children */
};

/* p_flag */
#define	P_KTHREAD	0x00004	/* kernel process */
#define	P_PPWAIT	0x00010	/* parent waits for exec or exit (vfork) */
#define	P_SYSTEM	0x00200	/* no signals, no statistics */
#define	P_WEXIT		0x02000	/* exiting */
#define	P_STOPPED_SIG	0x20000	/* stopped by a signal */
#define	P_EXEC		0x04000	/* has called exec */
#define	P_INEXEC	0x4000000
#define	P_KILLED	0x08000
#define	P_INMEM		0x10000000
#define	P_PVRELEASED	0x20000000	/* may leave pvctl_hold() */

#define	PROC_LOCK(p)		mtx_lock(&(p)->p_mtx)
#define	PROC_UNLOCK(p)		mtx_unlock(&(p)->p_mtx)
#define	PROC_LOCK_ASSERT(p, t)	mtx_assert(&(p)->p_mtx, (t))
#define	PROC_SLOCK(p)		thread_lock((p)->p_thread)
#define	PROC_SUNLOCK(p)		thread_unlock((p)->p_thread)
#define	PHOLD(p)		do { PROC_LOCK(p); (p)->p_lock++; PROC_UNLOCK(p); } while (0)
#define	PRELE(p)		do { PROC_LOCK(p); (p)->p_lock--; PROC_UNLOCK(p); } while (0)
#define	PGRP_LOCK(pg)		mtx_lock(&(pg)->pg_mtx)
#define	PGRP_UNLOCK(pg)		mtx_unlock(&(pg)->pg_mtx)
#define	SESS_LOCK(s)		mtx_lock(&(s)->s_mtx)
#define	SESS_UNLOCK(s)		mtx_unlock(&(s)->s_mtx)

#define	thread_lock(td)		mtx_lock_spin((td)->td_lock)
#define	thread_unlock(td)	mtx_unlock_spin((td)->td_lock)

#define	FIRST_THREAD_IN_PROC(p)	((p)->p_thread)
#define	FOREACH_PROC_IN_SYSTEM(p)	LIST_FOREACH((p), &allproc, p_list)

#define	PID_MAX		99999
#define	NO_PID		100000

/* mi_switch() flags */
#define	SW_VOL		0x0100
#define	SW_INVOL	0x0200

LIST_HEAD(proclist, proc);

extern struct proclist allproc, zombproc;
extern struct sx allproc_lock, proctree_lock;
extern struct mtx sched_lock;
extern struct proc proc0;
extern struct thread thread0;
extern struct proc *initproc;
extern int nprocs;

struct proc *pfind(pid_t pid);		/* returns it locked, or NULL */
struct proc *pfind_locked(pid_t pid);
struct proc *zpfind(pid_t pid);
struct pgrp *pgfind(pid_t pgid);
int	enterthispgrp(struct proc *p, struct pgrp *pgrp);
int	leavepgrp(struct proc *p);
void	pargs_drop(struct pargs *pa);
void	pargs_hold(struct pargs *pa);
struct pargs *pargs_alloc(int len);
void	pargs_free(struct pargs *pa);
void	proc_reparent(struct proc *child, struct proc *parent);
void	proc_reap(struct thread *td, struct proc *p, int *status, int options);
void	procinit(void);
void	proc_linkup(struct proc *p, struct thread *td);
struct proc *proc_alloc(void);
void	proc_free(struct proc *p);
void	proc_insert(struct proc *p);
void	enternewpgrp(struct proc *p);
pid_t	fork_findpid(void);

int	fork1(struct thread *td, int flags, int pages, struct proc **procp);
void	fork_return(struct thread *td, struct trapframe *frame);
void	exit1(struct thread *td, int rv) __attribute__((noreturn));

void	mi_switch(int flags, struct thread *newtd);

/* RF* flags of fork1() */
#define	RFPROC		(1 << 4)
#define	RFMEM		(1 << 5)	/* share the address space */
#define	RFFDG		(1 << 2)	/* copy the descriptor table */
#define	RFCFDG		(1 << 12)
#define	RFPPWAIT	(1U << 31)	/* vfork */
#define	RFSTOPPED	(1 << 17)	/* do not make it runnable */
#define	RFHIGHPID	(1 << 18)

#endif
