/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * User stacks: the machine's side of ustack(), jstack(), ucaller and ustackdepth.
 *
 * Programs are built with frame pointers: r11 points at the saved r11, above it lies the saved lr.  What
 * has no frame yet, or never has one (system call stubs, string functions in assembly), is
 * recognised by reading its code on from the pc.  Every load may fault softly, which ends the walk.
 * Interrupts are off.
 */
#include <sys/systm.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <machine/frame.h>
#include "dtrace/dtrace_impl.h"

#define DTRACE_LOOKAHEAD	64	/* instructions read to tell whether there is a frame */
#define DTRACE_MAXUWALK		4096

/* Loads a word of the user's; 0 and *fault set if it is not there. */
uint32_t
dtrace_uload(uint32_t uaddr, int *fault)
{
	uint32_t v = (uint32_t)dtrace_fuword(uaddr, 4);

	if (dtrace_cpu.flags & CPU_DTRACE_FAULT) {
		dtrace_cpu.flags &= ~CPU_DTRACE_FAULT;
		*fault = 1;
		return (0);
	}
	return (v);
}

enum dtrace_uframe {
	UFRAME_UNKNOWN,		/* the instruction does not tell */
	UFRAME_NONE,		/* the caller's frame is the current one, and lr leads to it */
	UFRAME_OWN,		/* the function has a frame of its own */
};

/* What one instruction tells about the frame of the code that comes to it. */
enum dtrace_uframe
dtrace_uframe_tells(uint32_t i)
{

	if ((i & 0xffff4000) == 0xe92d4000)		/* push {…, lr}: the frame is yet to be made */
		return (UFRAME_NONE);
	if ((i & 0xfffff000) == 0xe28db000 || i == 0xe1a0b00d)	/* add fp, sp, #n; mov fp, sp: or to be finished */
		return (UFRAME_NONE);
	if ((i & 0x0fff0000) == 0x08bd0000 && (i & 0xc000) != 0)	/* pop {…, lr or pc} */
		return (UFRAME_OWN);
	if ((i & 0xfffff000) == 0xe24bd000 || i == 0xe1a0d00b)	/* sub sp, fp, #n; mov sp, fp */
		return (UFRAME_OWN);
	if ((i & 0x0f000000) == 0x0b000000 || (i & 0x0ffffff0) == 0x012fff30)	/* bl, blx: lr is used */
		return (UFRAME_OWN);
	if ((i & 0x0ffffff0) == 0x012fff10)		/* bx */
		return (UFRAME_NONE);
	if ((i & 0x0c50f000) == 0x0410f000)		/* ldr pc, […]: a linkage table's jump */
		return (UFRAME_NONE);
	return (UFRAME_UNKNOWN);
}

/* True if the code at pc runs in its caller's frame. */
int
dtrace_uframe_none(uint32_t pc)
{
	enum dtrace_uframe tells = UFRAME_UNKNOWN;
	int fault = 0;
	uint32_t i;

	for (u_int n = 0; n < DTRACE_LOOKAHEAD && tells == UFRAME_UNKNOWN; n++) {
		i = dtrace_uload(pc, &fault);
		if (fault)
			break;
		tells = dtrace_uframe_tells(i);
		pc += 4;
		if ((i & 0xff000000) == 0xea000000)	/* b: follow it */
			pc += 4 + (uint32_t)((int32_t)(i << 8) >> 6);
	}
	return (tells == UFRAME_NONE);
}

/* Enters a frame; returns the number of frames so far. */
static __always_inline u_int
dtrace_upc(uint64_t *pcs, u_int limit, u_int depth, uint32_t pc)
{

	if (pcs != NULL && depth < limit)
		pcs[depth] = pc;
	return (depth + 1);
}

/* Walks the frames outwards from fp; returns the depth reached. */
u_int
dtrace_uwalk(uint64_t *pcs, u_int limit, u_int depth, uint32_t fp)
{
	uint32_t pc, outer;
	int fault = 0;

	for (u_int n = 0; n < DTRACE_MAXUWALK && depth < limit && fp != 0; n++) {
		pc = dtrace_uload(fp + 4, &fault);
		outer = dtrace_uload(fp, &fault);
		if (fault || pc == 0)
			break;
		depth = dtrace_upc(pcs, limit, depth, pc);
		if (outer <= fp)
			break;
		fp = outer;
	}
	return (depth);
}

/*
 * Fills pcs with the current process's id and its user frames, innermost first, and the rest with zeroes.
 * Returns the number of frames, without storing any if pcs is NULL; kernel threads have none.
 */
u_int
dtrace_getupcstack(uint64_t *pcs, u_int limit)
{
	const struct thread *td = curthread;
	const struct trapframe *tf = td->td_frame;
	u_int depth;

	depth = dtrace_upc(pcs, limit, 0, (uint32_t)td->td_proc->p_pid);
	if (tf != NULL && (td->td_proc->p_flag & (P_KTHREAD | P_SYSTEM)) == 0) {
		depth = dtrace_upc(pcs, limit, depth, (uint32_t)tf->tf_pc);
		if (dtrace_uframe_none((uint32_t)tf->tf_pc))
			depth = dtrace_upc(pcs, limit, depth, (uint32_t)tf->tf_usr_lr);
		depth = dtrace_uwalk(pcs, limit, depth, (uint32_t)tf->tf_r11);
	}
	for (u_int n = depth; pcs != NULL && n < limit; n++)
		pcs[n] = 0;
	return (MIN(depth, limit) - 1);
}
