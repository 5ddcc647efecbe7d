/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine-dependent part of struct thread, and the arguments of a system call.
 */
#ifndef MACHINE_PROC_H
#define MACHINE_PROC_H

#include <sys/types.h>

struct mdthread {
	int		md_spinlock_count;
	register_t	md_saved_cspr;
};

/* What swi_handler gathers for one system call; FreeBSD's limit of eight arguments (32-bit words). */
#define MAXARGS		8
struct sysent;
struct syscall_args {
	u_int		code;
	struct sysent	*callp;
	register_t	args[MAXARGS];
	int		narg;
	u_int		nap;
	uint32_t	*insn;
};

#endif
