/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * System calls: swi_entry's C side.  The number is in r7, arguments in r0-r3 and then on the user's
 * stack; the carry flag tells the user that r0 holds an errno.
 *
 * One function, as the compiler made one of FreeBSD's, so that a system call's stack reads
 * sys_read, swi_handler, swi_exit.  Locking: none.
 */
#include <sys/systm.h>
#include <sys/dtrace.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <sys/syscall.h>
#include <sys/sysent.h>
#include <machine/cpu.h>
#include <machine/machdep.h>

#define REGISTER_ARGS	4

/* Fills sa from the frame: 0 or EFAULT. */
int
cpu_fetch_syscall_args(struct thread *td, struct syscall_args *sa)
{
	struct trapframe *frame;
	struct sysentvec *sv;
	int error;

	frame = td->td_frame;
	sv = td->td_proc->p_sysent;
	sa->code = frame->tf_r7;
	if (sa->code >= (u_int)sv->sv_size)
		sa->code = 0;
	sa->callp = &sv->sv_table[sa->code];
	sa->narg = sa->callp->sy_narg;
	sa->nap = REGISTER_ARGS;
	memcpy(sa->args, &frame->tf_r0, REGISTER_ARGS * sizeof(register_t));
	error = 0;
	if (sa->narg > REGISTER_ARGS)
		error = copyin((void *)frame->tf_usr_sp, sa->args + REGISTER_ARGS,
		    (sa->narg - REGISTER_ARGS) * sizeof(register_t));
	td->td_retval[0] = 0;
	td->td_retval[1] = frame->tf_r1;
	return (error);
}

void
swi_handler(struct trapframe *frame)
{
	struct syscall_args sa;
	struct thread *td;
	int error;

	td = curthread;
	td->td_frame = frame;
	enable_interrupts(PSR_I | PSR_F);
	PCPU_INC(v_syscall);
	error = cpu_fetch_syscall_args(td, &sa);
	if (error == 0) {
		if (systrace_probe_func != NULL && sa.callp->sy_entry != 0)
			(*systrace_probe_func)(td, sa.callp, &sa, SYSTRACE_ENTRY, 0);
		error = (*sa.callp->sy_call)(td, sa.args);
		td->td_errno = error;
		if (systrace_probe_func != NULL && sa.callp->sy_return != 0)
			(*systrace_probe_func)(td, sa.callp, &sa, SYSTRACE_RETURN,
			    error != 0 ? -1 : (int)td->td_retval[0]);
	}
	cpu_set_syscall_retval(td, error);
	userret(td, frame);
}
