/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the kernel starts a dynamic program: the run-time linker loads what it needs, then the
 * program's own start is entered with the stack as the kernel left it and the cleanup function in r0.
 */
#include "../lib/arm/asm.h"

	.syntax	unified

ENTRY(rtld_start)
	mov	r4, sp
	sub	sp, sp, #8
	bic	sp, sp, #7
	mov	fp, #0
	mov	lr, #0
	mov	r0, r4			/* argc, argv … */
	mov	r1, sp			/* where the cleanup function goes */
	bl	rtld_main
	mov	ip, r0			/* the program's entry point */
	ldr	r0, [sp]
	mov	sp, r4
	mov	r1, #0
	mov	r2, #0
	mov	r3, #0
	bx	ip
END(rtld_start)
