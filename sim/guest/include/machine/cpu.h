/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the machine-independent kernel asks of the machine: threads, forks, system calls, start-up.
 */
#ifndef MACHINE_CPU_H
#define MACHINE_CPU_H

#include <sys/types.h>
#include <machine/armreg.h>
#include <machine/frame.h>
#include <machine/pcb.h>
#include <machine/proc.h>
#include <abi/bootinfo.h>

struct image_params;

extern struct bootinfo	bootinfo;		/* copied from the loader's; addresses are physical */
extern char		*kern_envp;
extern u_long		physmem;		/* pages of RAM */

/* Kernel addresses of what the loader placed in RAM (mapped by sections). */
#define PHYS_TO_KVA(pa)		((vm_offset_t)(pa) + 0x40000000u)

/* arm/swtch.S */
void	cpu_switch(struct thread *old, struct thread *new);	/* saves old, runs new */
void	cpu_throw(struct thread *old, struct thread *new) __dead2;
void	fork_trampoline(void);
void	savectx(struct pcb *pcb);

/* arm/vm_machdep.c */
void	cpu_thread_alloc(struct thread *td);		/* pcb and trap frame on a new kernel stack */
void	cpu_fork(struct thread *td1, struct proc *p2, struct thread *td2, int flags);
void	cpu_set_fork_handler(struct thread *td, void (*func)(void *), void *arg);
void	cpu_set_syscall_retval(struct thread *td, int error);
void	cpu_exit(struct thread *td);
void	exec_setregs(struct thread *td, u_long entry, u_long stack, u_long ps_strings);
int	cpu_sysarch_set_tp(struct thread *td, uintptr_t tp);	/* sysarch(ARM_SET_TP) */
void	cpu_halt(void) __dead2;
void	cpu_idle(int busy);
void	cpu_initclocks(void);				/* kernel-clock side: kern_clocksource.c */

/* What the traps call and somebody else provides. */
void	ast(struct trapframe *frame);
void	userret(struct thread *td, struct trapframe *frame);
void	trapsignal(struct thread *td, int sig, int code, void *addr);
void	fork_exit(void (*func)(void *, struct trapframe *), void *arg, struct trapframe *frame);

/* Hooks of the tracing code; NULL while it is not there. */
extern int	(*dtrace_invop_jump_addr)(struct trapframe *frame);
extern int	(*dtrace_trap_func)(struct trapframe *frame, u_int fsr);

#endif
