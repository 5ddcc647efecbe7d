/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The system call table and names, from abi/syscalls.tbl, and the answer to a number not in it.
 * Constant but for the probe ids; no locks.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/signalvar.h>
#include <sys/syscall.h>
#include <sys/sysent.h>
#include <sys/sysproto.h>
#include <machine/vmparam.h>

#define	AS(name)	(sizeof(struct name) / sizeof(register_t))

struct sysent sysent[SYS_MAXSYSCALL] = {
#include <init_sysent.h>
};

const char *syscallnames[SYS_MAXSYSCALL] = {
#include <syscallnames.h>
};

struct sysentvec elf32_freebsd_sysvec = {
	.sv_size = SYS_MAXSYSCALL,
	.sv_table = sysent,
	.sv_name = "FreeBSD ELF32",
	.sv_minuser = VM_MIN_ADDRESS,
	.sv_maxuser = VM_MAXUSER_ADDRESS,
	.sv_usrstack = USRSTACK,
	.sv_syscallnames = syscallnames,
};

/* No such system call: SIGSYS, and ENOSYS for who ignores it. */
int
sys_nosys(struct thread *td, void *args)
{
	PROC_LOCK(td->td_proc);
	kern_psignal(td->td_proc, SIGSYS);
	PROC_UNLOCK(td->td_proc);
	return (ENOSYS);
}
