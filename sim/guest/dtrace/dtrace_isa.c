/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stacks and arguments at a probe point: the machine's side of stack(), stackdepth, caller, argN.
 *
 * A walk starts in dtrace_probe(), and every frame it passes costs its table lookup, shown or not.  FreeBSD's starts in
 * dtrace_getpcstack(), which its dtrace_probe() calls itself; ours is cut into more functions than that, which a
 * walk from there would pay for.  Shown are the frames from the probed function outwards: for a patched
 * instruction those from the trap frame on, for a called probe those outside the module.  At an entry
 * probe the displaced push has not been executed, so the function's own table entry would describe a
 * frame that is not there yet: the caller is taken from lr.  Interrupts are off.
 */
#include <sys/systm.h>
#include <sys/pcpu.h>
#include <sys/proc.h>
#include <machine/frame.h>
#include <machine/stack.h>
#include <machine/vmparam.h>
#include "dtrace/dtrace_impl.h"
#include "dtrace/fbt.h"

extern const char dtrace_module_start[], dtrace_module_end[], _start[], _etext[];

#define DTRACE_MAXWALK	512	/* frames; a walk ends whatever the stack looks like */

struct dtrace_walk {
	struct unwind_state unwind;
	u_int		shown;		/* past the tracing code's own frames */
	u_int		at_entry;	/* pc is a patched entry: its caller is in lr */
};

/* Sets the walk to dtrace_probe(), behind its prologue: its table entry starts from the frame pointer. */
void
dtrace_walk_start(struct dtrace_walk *walk)
{
	uint32_t *reg = walk->unwind.registers;

	for (u_int n = 0; n < 16; n++)
		reg[n] = 0;
	reg[UNWIND_FP] = reg[UNWIND_SP] = (uint32_t)dtrace_cpu.fp;
	reg[UNWIND_PC] = reg[UNWIND_LR] = (uint32_t)(uintptr_t)dtrace_probe + 2 * sizeof(uint32_t);
	walk->unwind.stack_low = curthread->td_kstack;
	walk->unwind.stack_high = curthread->td_kstack + (uint32_t)curthread->td_kstack_pages * PAGE_SIZE;
	if (reg[UNWIND_SP] < walk->unwind.stack_low || reg[UNWIND_SP] >= walk->unwind.stack_high) {
		/* A stack of the start-up code: bounded by a kernel stack's size from here. */
		walk->unwind.stack_low = reg[UNWIND_SP];
		walk->unwind.stack_high = roundup2(reg[UNWIND_SP] + 1, 2 * PAGE_SIZE);
	}
	walk->shown = walk->at_entry = 0;
}

static __always_inline int
dtrace_in_module(uint32_t pc)
{

	return (pc >= (uint32_t)(uintptr_t)dtrace_module_start && pc < (uint32_t)(uintptr_t)dtrace_module_end);
}

/* Steps to the caller of a patched entry push: nothing of the function's frame is on the stack yet. */
void
dtrace_walk_entry(struct dtrace_walk *walk)
{

	walk->unwind.registers[UNWIND_PC] = walk->unwind.registers[UNWIND_LR];
	walk->unwind.registers[UNWIND_SP] += fbt_entry_adjust(dtrace_cpu.caller);
	walk->at_entry = 0;
}

/* Decides, for the frame just reached, whether the frames shown begin here. */
static __always_inline void
dtrace_walk_arrive(struct dtrace_walk *walk)
{
	uint32_t pc = walk->unwind.registers[UNWIND_PC];

	if (walk->shown)
		return;
	if (dtrace_cpu.caller == 0)
		walk->shown = !dtrace_in_module(pc);
	else if (pc == dtrace_cpu.caller && walk->unwind.registers[UNWIND_SP] == (uint32_t)dtrace_cpu.frame->tf_svc_sp) {
		walk->shown = 1;
		walk->at_entry = fbt_is_entry(pc);
	}
}

/* Goes one frame outwards; 0 at the end of the walk. */
static __always_inline int
dtrace_walk_step(struct dtrace_walk *walk)
{
	uint32_t pc;

	if (walk->at_entry)
		dtrace_walk_entry(walk);
	else if (unwind_stack_one(&walk->unwind, 1)) {
		if (walk->unwind.fault == UNWIND_BUSY)
			dtrace_cpu.flags |= CPU_DTRACE_BADSTACK;
		return (0);
	}
	pc = walk->unwind.registers[UNWIND_PC];
	if (pc < (uint32_t)(uintptr_t)_start || pc >= (uint32_t)(uintptr_t)_etext)
		return (0);
	dtrace_walk_arrive(walk);
	return (1);
}

/* Fills pcs with the frames shown, innermost first, and the rest with zeroes. */
void
dtrace_getpcstack(uint32_t *pcs, u_int limit)
{
	struct dtrace_walk walk;
	u_int depth = 0;

	/* The clock interrupted the user: the kernel has no stack to show. */
	if (!(dtrace_cpu.interrupt && dtrace_cpu.caller == 0)) {
		dtrace_walk_start(&walk);
		for (u_int n = 0; n < DTRACE_MAXWALK && depth < limit && dtrace_walk_step(&walk); n++)
			if (walk.shown)
				pcs[depth++] = walk.unwind.registers[UNWIND_PC];
	}
	while (depth < limit)
		pcs[depth++] = 0;
}

u_int
dtrace_getstackdepth(void)
{
	struct dtrace_walk walk;
	u_int depth = 0;

	if (dtrace_cpu.interrupt && dtrace_cpu.caller == 0)
		return (0);
	dtrace_walk_start(&walk);
	for (u_int n = 0; n < DTRACE_MAXWALK && dtrace_walk_step(&walk); n++)
		depth += walk.shown;
	dtrace_cpu.flags &= ~CPU_DTRACE_BADSTACK;
	return (depth);
}

/* The same for a called probe: along the frame pointers, which every function on the way here has pushed. */
uintptr_t
dtrace_called_caller(void)
{
	uintptr_t fp = (uintptr_t)__builtin_frame_address(0);

	for (u_int n = 0; n < DTRACE_MAXWALK && dtrace_in_module(dtrace_load32(fp + 4)); n++)
		fp = dtrace_load32(fp);
	return (dtrace_load32(dtrace_load32(fp) + 4));
}

/* Returns where the probed function will return to.  Only a function's return and the clock need a walk for it. */
uintptr_t
dtrace_caller(void)
{
	uint32_t pcs[2];

	if (!dtrace_cpu.interrupt && dtrace_cpu.caller == 0)
		return (dtrace_called_caller());
	if (!dtrace_cpu.interrupt && fbt_is_entry(dtrace_cpu.caller))
		return ((uintptr_t)dtrace_cpu.frame->tf_svc_lr);
	dtrace_getpcstack(pcs, nitems(pcs));
	dtrace_cpu.flags &= ~CPU_DTRACE_BADSTACK;
	return (pcs[1]);
}

/* Returns argument 5 and up of a function at its entry, from its caller's stack, or of a system call; 0 at other probes. */
uint64_t
dtrace_getarg(u_int arg)
{
	uintptr_t sp;

	if (dtrace_cpu.interrupt)
		return (0);
	if (dtrace_cpu.caller == 0)
		return (systrace_getarg(arg));
	if (!fbt_is_entry(dtrace_cpu.caller))
		return (0);
	sp = (uintptr_t)dtrace_cpu.frame->tf_svc_sp + fbt_entry_adjust(dtrace_cpu.caller);
	return (dtrace_load32(sp + (arg - 4) * sizeof(uint32_t)));
}

/* Returns a user register of the current thread, as it was when it entered the kernel. */
uint64_t
dtrace_getreg(u_int reg)
{
	const struct trapframe *tf = curthread->td_frame;

	if (tf == NULL)
		return (0);
	if (reg == 15)
		return ((uint32_t)tf->tf_pc);
	/* r0 to r12, then the user's sp and lr, lie in order. */
	return ((uint32_t)(&tf->tf_r0)[reg]);
}
