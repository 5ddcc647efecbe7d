/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The unwinder's interface (arm/unwind.c): a set of registers, stepped outwards frame by frame.
 *
 * The caller fills registers and the bounds of the stack; update_mask tells which registers the
 * last step set.
 */
#ifndef MACHINE_STACK_H
#define MACHINE_STACK_H

#include <sys/types.h>

#define UNWIND_FP	11
#define UNWIND_SP	13
#define UNWIND_LR	14
#define UNWIND_PC	15

struct unwind_state {
	uint32_t	registers[16];
	uint32_t	start_pc;	/* of the function the last step left */
	uint32_t	stack_low, stack_high;	/* reads outside end the walk */
	uint16_t	update_mask;
	int		fault;		/* why the walk ended: UNWIND_* */
};
#define UNWIND_OK	0
#define UNWIND_BADREAD	1	/* a stack read out of bounds */
#define UNWIND_BADCODE	2	/* a directive or table that is not understood */
#define UNWIND_BUSY	3	/* the linker's list was locked */

#define UNWIND_MODE_MODULES	0	/* as of 2015: search the linker's files by name, every time */
#define UNWIND_MODE_STATIC	1	/* the kernel's own table only */
#define UNWIND_MODE_CACHED	2	/* as of 2019: tables noted when a file is loaded */

void	unwind_init(void);		/* reads debug.unwind from the kernel environment */
void	unwind_module_loaded(uint32_t start, uint32_t end, uint32_t exidx, uint32_t exidx_end);
int	unwind_stack_one(struct unwind_state *state, int can_lock);	/* nonzero: no further frame */
extern int unwind_mode;

#endif
