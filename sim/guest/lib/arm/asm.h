/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ENTRY and END for the assembly of libc and rtld: ARM code, a typed and sized symbol.
 * HIDDEN keeps a helper out of the library's dynamic symbols, so that it is reached directly.
 */
#ifndef ARM_ASM_H
#define ARM_ASM_H

#define ENTRY(name)		\
	.text;			\
	.arm;			\
	.balign	4;		\
	.globl	name;		\
	.type	name, %function;	\
name:

#define END(name)		\
	.size	name, . - name

#define HIDDEN(name)		\
	.hidden	name

#endif
