/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fbt's knowledge of ARM instructions: which are a function's push and pop, and what they do.
 *
 * Emulation works on the trap frame; the entry code left 17 words free below the interrupted stack
 * pointer, which is where an emulated push writes.  Interrupts are off.
 */
#include <sys/systm.h>
#include <machine/frame.h>
#include "dtrace/fbt.h"

#define ARM_COND_ALWAYS		0xe0000000
#define ARM_REG_SP		13
#define ARM_REG_LR		14
#define ARM_REG_PC		15
#define ARM_LOW			0x000f		/* r0-r3: pushed to align or to reserve, never restored */

/* stmdb sp!, {…, lr} */
int
fbt_is_push(uint32_t instr)
{

	return ((instr & 0xffff0000) == 0xe92d0000 && (instr & 1u << ARM_REG_LR) != 0);
}

/* ldmia sp!, {…}, under any condition, that undoes this push: into pc, or into lr before a bx lr or a branch. */
int
fbt_is_pop_of(uint32_t instr, uint32_t push)
{
	uint32_t saved = push & 0x3fff & ~ARM_LOW, restored = instr & 0x3fff & ~ARM_LOW;
	int to_lr = (instr & 1u << ARM_REG_LR) != 0, to_pc = (instr & 1u << ARM_REG_PC) != 0;

	return ((instr & 0x0fff0000) == 0x08bd0000 && (instr & 0xf0000000) != 0xf0000000 &&
	    saved == restored && to_lr != to_pc);
}

/* sub sp, sp, #imm: a varargs function making room for its register arguments. */
int
fbt_is_sub_sp(uint32_t instr, u_int *bytes)
{
	u_int rotate = (instr >> 8 & 0xf) * 2, imm = instr & 0xff;

	*bytes = rotate == 0 ? imm : imm >> rotate | imm << (32 - rotate);
	return ((instr & 0xfffff000) == 0xe24dd000 && *bytes <= 64);
}

/* True if the instruction's condition holds under the flags of a saved program status. */
int
fbt_condition(uint32_t instr, uint32_t spsr)
{
	u_int n = spsr >> 31 & 1, z = spsr >> 30 & 1, c = spsr >> 29 & 1, v = spsr >> 28 & 1;
	u_int cond = instr >> 28, holds = 1;

	switch (cond >> 1) {
	case 0:
		holds = z;
		break;
	case 1:
		holds = c;
		break;
	case 2:
		holds = n;
		break;
	case 3:
		holds = v;
		break;
	case 4:
		holds = c & !z;
		break;
	case 5:
		holds = n == v;
		break;
	case 6:
		holds = !z & (n == v);
		break;
	case 7:
		return (1);
	}
	return ((cond & 1) ? !holds : (int)holds);
}

/* Returns the frame's copy of a register of the interrupted code. */
register_t *
fbt_register(struct trapframe *frame, u_int reg)
{

	switch (reg) {
	case ARM_REG_SP:
		return (&frame->tf_svc_sp);
	case ARM_REG_LR:
		return (&frame->tf_svc_lr);
	case ARM_REG_PC:
		return (&frame->tf_pc);
	}
	return (&frame->tf_r0 + reg);
}

void
fbt_emulate_push(struct trapframe *frame, uint32_t mask)
{
	uint32_t *sp = (uint32_t *)(uintptr_t)frame->tf_svc_sp;

	for (int reg = ARM_REG_LR; reg >= 0; reg--)
		if (mask & 1u << reg)
			*--sp = (uint32_t)*fbt_register(frame, (u_int)reg);
	frame->tf_svc_sp = (register_t)(uintptr_t)sp;
	frame->tf_pc += 4;
}

void
fbt_emulate_pop(struct trapframe *frame, uint32_t mask)
{
	uint32_t *sp = (uint32_t *)(uintptr_t)frame->tf_svc_sp;

	frame->tf_pc += 4;
	for (u_int reg = 0; reg <= ARM_REG_PC; reg++)
		if (mask & 1u << reg)
			*fbt_register(frame, reg) = (register_t)*sp++;
	frame->tf_svc_sp = (register_t)(uintptr_t)sp;
}

/* Does to the frame what the displaced instruction would have done. */
void
fbt_emulate(struct trapframe *frame, uint32_t instr)
{

	if (!fbt_condition(instr, (uint32_t)frame->tf_spsr))
		frame->tf_pc += 4;
	else if (fbt_is_push(instr))
		fbt_emulate_push(frame, instr & 0xffff);
	else
		fbt_emulate_pop(frame, instr & 0xffff);
}
