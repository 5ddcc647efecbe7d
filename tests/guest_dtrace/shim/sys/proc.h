/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A process and its thread: the fields the tracing code reads.
 */
#ifndef SYS_PROC_H
#define SYS_PROC_H

#include <sys/types.h>

struct ucred;
struct pargs {
	u_int	ar_ref;
	u_int	ar_length;
	u_char	ar_args[];
};
struct proc {
	pid_t	p_pid;
	struct proc *p_pptr;
	struct pargs *p_args;
	char	p_comm[20];
};
struct thread {
	struct proc *td_proc;
	lwpid_t	td_tid;
	int	td_errno;
	struct ucred *td_ucred;
	uint64_t td_dtrace_vtime, td_dtrace_start;
	uint32_t td_predcache;
};

#endif
