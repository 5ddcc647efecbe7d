/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes and threads as proc(4) would show them: psinfo_t and lwpsinfo_t from the kernel's struct proc and
 * struct thread, and curpsinfo and curlwpsinfo for the current ones.
 */
#pragma D depends_on module kernel

inline char PR_MODEL_UNKNOWN = 0;
inline char PR_MODEL_ILP32 = 1;
inline char PR_MODEL_LP64 = 2;

/* lwpsinfo_t.pr_flag */
inline int PR_STOPPED = 0x00000001;
inline int PR_ISTOP = 0x00000002;
inline int PR_DSTOP = 0x00000004;
inline int PR_ASLEEP = 0x00000010;
inline int PR_ISSYS = 0x00001000;
inline int PR_IDLE = 0x10000000;

/* lwpsinfo_t.pr_state */
inline char SSLEEP = 1;
inline char SRUN = 2;
inline char SZOMB = 3;
inline char SSTOP = 4;
inline char SIDL = 5;
inline char SONPROC = 6;
inline char SWAIT = 7;

/* lwpsinfo_t.pr_stype */
inline int SOBJ_NONE = 0;
inline int SOBJ_MUTEX = 1;
inline int SOBJ_RWLOCK = 2;
inline int SOBJ_CV = 3;
inline int SOBJ_SEMA = 4;
inline int SOBJ_USER = 5;

typedef struct psinfo {
	int	pr_nlwp;	/* number of threads */
	pid_t	pr_pid;		/* process id */
	pid_t	pr_ppid;	/* of the parent */
	pid_t	pr_pgid;	/* process group id */
	pid_t	pr_sid;		/* session id */
	uid_t	pr_uid;		/* real user id */
	uid_t	pr_euid;	/* effective user id */
	gid_t	pr_gid;		/* real group id */
	gid_t	pr_egid;	/* effective group id */
	uintptr_t pr_addr;	/* address of the process */
	int	pr_ttydev;	/* controlling terminal: none */
	string	pr_fname;	/* name of the program */
	string	pr_psargs;	/* its arguments, blanks between them */
	u_int	pr_arglen;	/* bytes of the arguments */
	int	pr_wstat;	/* exit status, once it has ended */
	char	pr_dmodel;	/* data model */
	u_int	pr_jailid;
	int	pr_zoneid;
	int	pr_taskid;
	int	pr_projid;
} psinfo_t;

#pragma D binding "1.0" translator
translator psinfo_t < struct proc *T > {
	pr_nlwp = 1;
	pr_pid = T->p_pid;
	pr_ppid = T->p_pptr == 0 ? 0 : T->p_pptr->p_pid;
	pr_pgid = T->p_pgrp == 0 ? 0 : T->p_pgrp->pg_id;
	pr_sid = T->p_pgrp == 0 ? 0 : T->p_pgrp->pg_session == 0 ? 0 : T->p_pgrp->pg_session->s_sid;
	pr_uid = T->p_ucred->cr_ruid;
	pr_euid = T->p_ucred->cr_uid;
	pr_gid = T->p_ucred->cr_rgid;
	pr_egid = T->p_ucred->cr_groups[0];
	pr_addr = (uintptr_t)T;
	pr_ttydev = -1;
	pr_fname = stringof(T->p_comm);
	pr_psargs = T->p_args == 0 ? stringof(T->p_comm) : memstr(T->p_args->ar_args, ' ', T->p_args->ar_length);
	pr_arglen = T->p_args == 0 ? 0 : T->p_args->ar_length;
	pr_wstat = T->p_xstat;
	pr_dmodel = PR_MODEL_ILP32;
	pr_jailid = 0;
	pr_zoneid = 0;
	pr_taskid = 0;
	pr_projid = 0;
};

#pragma D binding "1.0" translator
translator psinfo_t < struct thread *T > {
	pr_nlwp = xlate <psinfo_t> (T->td_proc).pr_nlwp;
	pr_pid = xlate <psinfo_t> (T->td_proc).pr_pid;
	pr_ppid = xlate <psinfo_t> (T->td_proc).pr_ppid;
	pr_pgid = xlate <psinfo_t> (T->td_proc).pr_pgid;
	pr_sid = xlate <psinfo_t> (T->td_proc).pr_sid;
	pr_uid = xlate <psinfo_t> (T->td_proc).pr_uid;
	pr_euid = xlate <psinfo_t> (T->td_proc).pr_euid;
	pr_gid = xlate <psinfo_t> (T->td_proc).pr_gid;
	pr_egid = xlate <psinfo_t> (T->td_proc).pr_egid;
	pr_addr = xlate <psinfo_t> (T->td_proc).pr_addr;
	pr_ttydev = xlate <psinfo_t> (T->td_proc).pr_ttydev;
	pr_fname = xlate <psinfo_t> (T->td_proc).pr_fname;
	pr_psargs = xlate <psinfo_t> (T->td_proc).pr_psargs;
	pr_arglen = xlate <psinfo_t> (T->td_proc).pr_arglen;
	pr_wstat = xlate <psinfo_t> (T->td_proc).pr_wstat;
	pr_dmodel = xlate <psinfo_t> (T->td_proc).pr_dmodel;
	pr_jailid = xlate <psinfo_t> (T->td_proc).pr_jailid;
	pr_zoneid = xlate <psinfo_t> (T->td_proc).pr_zoneid;
	pr_taskid = xlate <psinfo_t> (T->td_proc).pr_taskid;
	pr_projid = xlate <psinfo_t> (T->td_proc).pr_projid;
};

typedef struct lwpsinfo {
	int	pr_flag;	/* PR_* */
	id_t	pr_lwpid;	/* thread id */
	uintptr_t pr_addr;	/* address of the thread */
	uintptr_t pr_wchan;	/* what it sleeps on */
	char	pr_stype;	/* kind of that */
	char	pr_state;	/* state */
	char	pr_sname;	/* the same as a character */
	char	pr_nice;	/* not kept */
	short	pr_syscall;	/* system call it is in */
	int	pr_pri;		/* priority, lower runs first */
	string	pr_clname;	/* scheduling class */
	int	pr_onpro;	/* CPU it ran on last */
	int	pr_bindpro;	/* bound to no CPU */
	int	pr_bindpset;
} lwpsinfo_t;

/* td_state: 0 inactive, 1 inhibited, 2 can run, 3 on the run queue, 4 running */
#pragma D binding "1.0" translator
translator lwpsinfo_t < struct thread *T > {
	pr_flag = (T->td_inhibitors & 2 ? PR_ASLEEP : 0) | (T->td_pflags & 0x00200000 ? PR_ISSYS : 0) |
	    (T->td_flags & 0x20 ? PR_IDLE : 0);
	pr_lwpid = T->td_tid;
	pr_addr = (uintptr_t)T;
	pr_wchan = (uintptr_t)T->td_wchan;
	pr_stype = T->td_wchan == 0 ? SOBJ_NONE : SOBJ_CV;
	pr_state = T->td_state == 4 ? SONPROC : T->td_state == 1 ? SSLEEP : T->td_state == 0 ? SIDL : SRUN;
	pr_sname = T->td_state == 4 ? 'O' : T->td_state == 1 ? 'S' : T->td_state == 0 ? 'I' : 'R';
	pr_nice = 0;
	pr_syscall = T->td_frame == 0 ? 0 : (short)T->td_frame->tf_r7;
	pr_pri = T->td_priority;
	pr_clname = T->td_pri_class == 3 ? "TS" : T->td_pri_class == 2 ? "RT" : T->td_pri_class == 1 ? "INT" : "IDLE";
	pr_onpro = 0;
	pr_bindpro = -1;
	pr_bindpset = -1;
};

inline psinfo_t *curpsinfo = xlate <psinfo_t *> (curthread->td_proc);
#pragma D attributes Stable/Stable/Common curpsinfo
#pragma D binding "1.0" curpsinfo

inline lwpsinfo_t *curlwpsinfo = xlate <lwpsinfo_t *> (curthread);
#pragma D attributes Stable/Stable/Common curlwpsinfo
#pragma D binding "1.0" curlwpsinfo
