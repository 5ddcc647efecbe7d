/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes and threads: psinfo_t and lwpsinfo_t, the published views of struct proc and struct thread, which the
 * proc and sched providers pass; curpsinfo and curlwpsinfo are those of the current thread.
 */
#pragma D depends_on module kernel

/* pr_flag of a thread */
inline int PR_STOPPED = 0x00000001;
inline int PR_ISTOP = 0x00000002;
inline int PR_DSTOP = 0x00000004;
inline int PR_ASLEEP = 0x00000010;
inline int PR_ISSYS = 0x00001000;
inline int PR_IDLE = 0x10000000;

/* pr_state of a thread; pr_sname shows them as S R Z T I O W */
inline char SSLEEP = 1;
inline char SRUN = 2;
inline char SZOMB = 3;
inline char SSTOP = 4;
inline char SIDL = 5;
inline char SONPROC = 6;
inline char SWAIT = 7;

/* pr_stype: what a thread sleeps on */
inline char SOBJ_NONE = 0;
inline char SOBJ_MUTEX = 1;
inline char SOBJ_RWLOCK = 2;
inline char SOBJ_CV = 3;
inline char SOBJ_SEMA = 4;

/* pr_dmodel */
inline char PR_MODEL_ILP32 = 1;
inline char PR_MODEL_LP64 = 2;

typedef struct psinfo {
	int pr_nlwp;		/* threads */
	pid_t pr_pid;
	pid_t pr_ppid;
	pid_t pr_pgid;		/* process group */
	pid_t pr_sid;		/* session */
	uid_t pr_uid;		/* real user */
	uid_t pr_euid;
	gid_t pr_gid;		/* real group */
	gid_t pr_egid;
	uintptr_t pr_addr;	/* the struct proc */
	string pr_fname;	/* name of the program */
	string pr_psargs;	/* arguments, a blank between two */
	u_int pr_arglen;	/* bytes of them */
	int pr_wstat;		/* exit status of a zombie */
	u_int pr_jailid;
	int pr_taskid;
	int pr_projid;
	int pr_zoneid;
	char pr_dmodel;		/* PR_MODEL_* */
} psinfo_t;

translator psinfo_t < struct proc *P > {
	pr_nlwp = 1;
	pr_pid = P->p_pid;
	pr_ppid = P->p_pptr == 0 ? 0 : P->p_pptr->p_pid;
	pr_pgid = P->p_pgrp == 0 ? 0 : P->p_pgrp->pg_id;
	pr_sid = P->p_pgrp == 0 ? 0 : P->p_pgrp->pg_session == 0 ? 0 : P->p_pgrp->pg_session->s_sid;
	pr_uid = P->p_ucred->cr_ruid;
	pr_euid = P->p_ucred->cr_uid;
	pr_gid = P->p_ucred->cr_rgid;
	pr_egid = P->p_ucred->cr_groups[0];
	pr_addr = (uintptr_t)P;
	pr_fname = P->p_comm;
	pr_psargs = P->p_args == 0 ? P->p_comm : memstr(P->p_args->ar_args, ' ', P->p_args->ar_length);
	pr_arglen = P->p_args == 0 ? 0 : P->p_args->ar_length;
	pr_wstat = P->p_xstat;
	pr_jailid = 0;
	pr_taskid = 0;
	pr_projid = 0;
	pr_zoneid = 0;
	pr_dmodel = PR_MODEL_ILP32;
};

translator psinfo_t < struct thread *T > {
	pr_nlwp = xlate < psinfo_t > (T->td_proc).pr_nlwp;
	pr_pid = xlate < psinfo_t > (T->td_proc).pr_pid;
	pr_ppid = xlate < psinfo_t > (T->td_proc).pr_ppid;
	pr_pgid = xlate < psinfo_t > (T->td_proc).pr_pgid;
	pr_sid = xlate < psinfo_t > (T->td_proc).pr_sid;
	pr_uid = xlate < psinfo_t > (T->td_proc).pr_uid;
	pr_euid = xlate < psinfo_t > (T->td_proc).pr_euid;
	pr_gid = xlate < psinfo_t > (T->td_proc).pr_gid;
	pr_egid = xlate < psinfo_t > (T->td_proc).pr_egid;
	pr_addr = (uintptr_t)T->td_proc;
	pr_fname = T->td_proc->p_comm;
	pr_psargs = xlate < psinfo_t > (T->td_proc).pr_psargs;
	pr_arglen = xlate < psinfo_t > (T->td_proc).pr_arglen;
	pr_wstat = T->td_proc->p_xstat;
	pr_jailid = 0;
	pr_taskid = 0;
	pr_projid = 0;
	pr_zoneid = 0;
	pr_dmodel = PR_MODEL_ILP32;
};

typedef struct lwpsinfo {
	int pr_flag;		/* PR_* */
	id_t pr_lwpid;
	uintptr_t pr_addr;	/* the struct thread */
	uintptr_t pr_wchan;	/* what it sleeps on */
	char pr_stype;		/* SOBJ_* */
	char pr_state;		/* SSLEEP, SRUN … */
	char pr_sname;		/* one letter for it */
	char pr_nice;
	short pr_syscall;
	int pr_pri;		/* priority: the lower the better */
	string pr_clname;	/* scheduling class */
	processorid_t pr_onpro;	/* CPU it last ran on */
	processorid_t pr_bindpro;	/* CPU it is bound to, -1 for none */
	int pr_bindpset;
} lwpsinfo_t;

translator lwpsinfo_t < struct thread *T > {
	pr_flag = (T->td_inhibitors & 2 ? PR_ASLEEP : 0) | (T->td_pflags & 0x00200000 ? PR_ISSYS : 0) |
	    (T->td_flags & 0x20 ? PR_IDLE : 0);
	pr_lwpid = T->td_tid;
	pr_addr = (uintptr_t)T;
	pr_wchan = (uintptr_t)T->td_wchan;
	pr_stype = T->td_inhibitors & 2 ? SOBJ_CV : T->td_inhibitors & 8 ? SOBJ_MUTEX : SOBJ_NONE;
	pr_state = T->td_inhibitors & 2 ? SSLEEP : T->td_inhibitors & 8 ? SWAIT :
	    (int)T->td_state == 3 || (int)T->td_state == 2 ? SRUN : (int)T->td_state == 4 ? SONPROC : SIDL;
	pr_sname = T->td_inhibitors & 2 ? 'S' : T->td_inhibitors & 8 ? 'W' :
	    (int)T->td_state == 3 || (int)T->td_state == 2 ? 'R' : (int)T->td_state == 4 ? 'O' : 'I';
	pr_nice = 0;
	pr_syscall = 0;
	pr_pri = T->td_priority;
	pr_clname = T->td_pri_class == 1 ? "ITHD" : T->td_pri_class == 2 ? "RT" : T->td_pri_class == 4 ? "IDLE" : "TS";
	pr_onpro = 0;
	pr_bindpro = -1;
	pr_bindpset = -1;
};

inline psinfo_t *curpsinfo = xlate < psinfo_t * > (curthread->td_proc);
inline lwpsinfo_t *curlwpsinfo = xlate < lwpsinfo_t * > (curthread);
