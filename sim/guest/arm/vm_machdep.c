/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine-dependent side of threads: where pcb and trap frame lie, what a new thread starts with,
 * and how a system call's result reaches the user.
 *
 * A kernel stack, from the top: struct pcb, the user's trap frame, then the calls in progress.
 * Locking: a thread's own structures, or one that does not run yet.
 */
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sched.h>
#include <sys/sysent.h>
#include <machine/asmoffsets.h>
#include <machine/cpu.h>
#include <vm/vm.h>
#include <vm/vm_map.h>

CTASSERT(offsetof(struct pcpu, pc_curthread) == PC_CURTHREAD);
CTASSERT(offsetof(struct pcpu, pc_curpcb) == PC_CURPCB);
CTASSERT(offsetof(struct thread, td_flags) == TD_FLAGS);
CTASSERT(offsetof(struct thread, td_pcb) == TD_PCB);
CTASSERT((TDF_ASTPENDING | TDF_NEEDRESCHED) == 0x00010800);	/* TDF_AST_MASK of exception.S */
CTASSERT(sizeof(struct trapframe) == TF_WORDS * sizeof(register_t));

#define ARM_SWI_BYTES	4

void
cpu_thread_alloc(struct thread *td)
{
	vm_offset_t top;

	top = td->td_kstack + (vm_offset_t)td->td_kstack_pages * PAGE_SIZE;
	td->td_pcb = (struct pcb *)((top - sizeof(struct pcb)) & ~7u);
	td->td_frame = (struct trapframe *)((vm_offset_t)td->td_pcb - sizeof(struct trapframe));
	bzero(td->td_pcb, sizeof(struct pcb));
	bzero(td->td_frame, sizeof(struct trapframe));
}

/* td2 goes on where td1's system call was made, seeing 0 from it. */
void
cpu_fork(struct thread *td1, struct proc *p2, struct thread *td2, int flags)
{

	if (td1->td_frame != NULL)
		*td2->td_frame = *td1->td_frame;
	td2->td_frame->tf_r0 = 0;
	td2->td_frame->tf_r1 = 0;
	td2->td_frame->tf_spsr &= ~(register_t)PSR_C;
	td2->td_pcb->pcb_pagedir = p2->p_vmspace->vm_pmap.pm_l1_pa;
	td2->td_pcb->pcb_tp = td1 == curthread ? cp15_tpidruro_get() : 0;
	cpu_set_fork_handler(td2, (void (*)(void *))(uintptr_t)fork_return, td2);
	/* The switch to the child holds sched_lock, with interrupts masked once. */
	td2->td_critnest = 1;
	td2->td_md.md_spinlock_count = 1;
	td2->td_md.md_saved_cspr = PSR_SVC32_MODE;
}

/* fork_trampoline takes function and argument from r4 and r5. */
void
cpu_set_fork_handler(struct thread *td, void (*func)(void *), void *arg)
{

	td->td_pcb->pcb_r4 = (register_t)(uintptr_t)func;
	td->td_pcb->pcb_r5 = (register_t)(uintptr_t)arg;
	td->td_pcb->pcb_lr = 0;
	td->td_pcb->pcb_sp = (register_t)(uintptr_t)td->td_frame;
}

void
cpu_set_syscall_retval(struct thread *td, int error)
{
	struct trapframe *frame;

	frame = td->td_frame;
	switch (error) {
	case 0:
		frame->tf_r0 = td->td_retval[0];
		frame->tf_r1 = td->td_retval[1];
		frame->tf_spsr &= ~(register_t)PSR_C;
		break;
	case ERESTART:
		frame->tf_pc -= ARM_SWI_BYTES;
		break;
	case EJUSTRETURN:
		break;
	default:
		frame->tf_r0 = (register_t)error;
		frame->tf_spsr |= (register_t)PSR_C;
		break;
	}
}

void
cpu_exit(struct thread *td)
{
}

/* A fresh program: every register zero but the stack, the entry point and r0 = ps_strings. */
void
exec_setregs(struct thread *td, u_long entry, u_long stack, u_long ps_strings)
{
	struct trapframe *frame;

	frame = td->td_frame;
	bzero(frame, sizeof(*frame));
	frame->tf_r0 = (register_t)ps_strings;
	frame->tf_usr_sp = (register_t)stack;
	frame->tf_usr_lr = (register_t)entry;
	frame->tf_pc = (register_t)entry;
	frame->tf_spsr = PSR_USR32_MODE;
	td->td_pcb->pcb_tp = 0;
	cp15_tpidruro_set(0);
}

int
cpu_sysarch_set_tp(struct thread *td, uintptr_t tp)
{

	td->td_pcb->pcb_tp = tp;
	cp15_tpidruro_set(tp);
	return (0);
}

/* Waits for an interrupt with them masked, so that none slips in between the look and the wait. */
void
cpu_idle(int busy)
{
	register_t s;

	s = intr_disable();
	if (!busy && !sched_runnable())
		cpu_sleep(0);
	intr_restore(s);
}

void
cpu_halt(void)
{

	(void)intr_disable();
	for (;;)
		cpu_sleep(0);
}
