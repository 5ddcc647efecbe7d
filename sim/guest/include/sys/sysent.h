/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The system call table.  It is generated from abi/syscalls.tbl; machine code reaches it through
 * p->p_sysent.  sy_entry and sy_return are probe ids, nonzero while such a probe is enabled.
 */
#ifndef _SYS_SYSENT_H_
#define	_SYS_SYSENT_H_

#include <sys/types.h>

struct thread;
struct image_params;
struct sysent;
struct syscall_args;

typedef int sy_call_t(struct thread *, void *);

struct sysent {
	int	sy_narg;		/* arguments, counted in registers */
	sy_call_t *sy_call;		/* sys_nosys where there is none */
	u_int32_t sy_entry;		/* systrace entry probe id */
	u_int32_t sy_return;		/* systrace return probe id */
	u_int32_t sy_flags;
};

struct sysentvec {
	int	sv_size;		/* entries of sv_table */
	struct sysent *sv_table;
	const char *sv_name;
	vm_offset_t sv_minuser;
	vm_offset_t sv_maxuser;
	vm_offset_t sv_usrstack;
	const char **sv_syscallnames;
};

extern struct sysent sysent[];
extern const char *syscallnames[];
extern struct sysentvec elf32_freebsd_sysvec;
#define	nsysent	SYS_MAXSYSCALL

int	sys_nosys(struct thread *td, void *args);

#endif
