/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Per-CPU data.  There is one CPU; the structure stays so that code reads as on many.
 *
 * pc_curthread is written by cpu_switch only.
 */
#ifndef SYS_PCPU_H
#define SYS_PCPU_H

#include <sys/types.h>

struct pcb;

struct pcpu {
	struct thread	*pc_curthread;		/* must stay first: assembly reads it */
	struct pcb	*pc_curpcb;
	struct thread	*pc_idlethread;
	struct pmap	*pc_curpmap;
	u_int		pc_cpuid;
	volatile u_int	pc_intr_nesting;	/* interrupt handlers active */
	struct trapframe *pc_intr_frame;	/* of the innermost interrupt */
	/* Statistics, as vmmeter counts them. */
	u_int		pc_v_trap;
	u_int		pc_v_syscall;
	u_int		pc_v_intr;
	u_int		pc_v_swtch;
	u_int		pc_v_vm_faults;
	/* Scheduler's own. */
	int		pc_inside_ast;
	uint64_t	pc_switchtime;		/* when curthread got the CPU */
	int		pc_switchticks;
	long		pc_cp_time[5];
	/* Tracing's own. */
	volatile u_int	pc_dtrace_flags;
	uintptr_t	pc_dtrace_caller;
	uint64_t	pc_dtrace_illval;
};

extern struct pcpu	__pcpu;

#define PCPU_GET(member)	(__pcpu.pc_##member)
#define PCPU_PTR(member)	(&__pcpu.pc_##member)
#define PCPU_SET(member, v)	(__pcpu.pc_##member = (v))
#define PCPU_INC(member)	(__pcpu.pc_##member++)
#define PCPU_ADD(member, v)	(__pcpu.pc_##member += (v))

#define curthread		(__pcpu.pc_curthread)
#define curproc			(curthread->td_proc)
#define curpcb			(__pcpu.pc_curpcb)
#define curcpu			0
#define MAXCPU			1
#define mp_maxid		0

extern int mp_ncpus;

#endif
