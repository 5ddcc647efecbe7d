/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Macros of the assembly files: every global label is a function symbol with a size, so that
 * stack() can name it, and has an unwind entry.
 */
#ifndef MACHINE_ASM_H
#define MACHINE_ASM_H

#define ENTRY(name)							\
	.text; .align 2; .globl name; .type name, %function; name: .fnstart

/* A leaf that never touches the stack or lr: the unwinder may cross it. */
#define END(name)							\
	.fnend; .size name, . - name

/* A function no unwinder can cross. */
#define END_NOUNWIND(name)						\
	.cantunwind; .fnend; .size name, . - name

#endif
