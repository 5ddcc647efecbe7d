/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Undefined instructions.  In the kernel they are fbt's patches, handed to the tracing module;
 * anything else there is a bug.  In user mode they end in SIGILL.
 *
 * Locking: none.  This function stands between the trap and fbt, so it is never itself patched.
 */
#include <sys/systm.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <machine/cpu.h>
#include <machine/machdep.h>

int	(*dtrace_invop_jump_addr)(struct trapframe *frame);

void
undefinedinstruction(struct trapframe *frame)
{
	struct thread *td;

	td = curthread;
	if ((frame->tf_spsr & PSR_I) == 0)
		enable_interrupts(PSR_I | PSR_F);
	PCPU_INC(v_trap);
	if (!TRAPF_USERMODE(frame)) {
		if (dtrace_invop_jump_addr != NULL && (*dtrace_invop_jump_addr)(frame) != 0)
			return;
		panic("undefinedinstruction: 0x%08x at 0x%08x in the kernel",
		    *(uint32_t *)frame->tf_pc, frame->tf_pc);
	}
	td->td_frame = frame;
	trapsignal(td, SIGILL, ILL_ILLOPC, (void *)frame->tf_pc);
	userret(td, frame);
}
