/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fbt: function boundary tracing.  A patch point is one instruction replaced by DTRACE_BREAKPOINT.
 */
#ifndef FBT_H
#define FBT_H

#include "dtrace/dtrace_impl.h"

struct fbt_point {
	uint32_t	*address;
	uint32_t	saved;		/* the instruction */
	uint32_t	function;	/* start of the function */
	dtrace_id_t	id;
	u_short		entry;		/* 1 = entry, 0 = return */
	u_short		adjust;		/* bytes a varargs function has reserved before its push */
	struct fbt_point *hash_next;
	struct fbt_point *probe_next;	/* other return sites of the same probe */
};

/* fbt_arm.c: instructions. */
int	fbt_is_push(uint32_t instr);
int	fbt_is_pop_of(uint32_t instr, uint32_t push);
int	fbt_is_sub_sp(uint32_t instr, u_int *bytes);
void	fbt_emulate(struct trapframe *frame, uint32_t instr);
int	fbt_condition(uint32_t instr, uint32_t spsr);

/* fbt.c */
struct fbt_point *fbt_find(uintptr_t address);
int	fbt_is_entry(uintptr_t address);
u_int	fbt_entry_adjust(uintptr_t address);
int	fbt_invop(struct trapframe *frame);

#endif
