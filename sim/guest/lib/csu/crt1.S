/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a program starts: the kernel or rtld leaves argc, argv, envp and the auxiliary vector on
 * the stack, and rtld its cleanup function in r0 (0 in a static program).  Also the note that
 * brands the program as FreeBSD's.
 */
#include "../arm/asm.h"

	.syntax	unified

ENTRY(_start)
	mov	r3, r0
	ldr	r0, [sp]
	add	r1, sp, #4
	add	r2, r1, r0, lsl #2
	add	r2, r2, #4
	bic	sp, sp, #7
	mov	fp, #0
	mov	lr, #0
	bl	crt1_main
	udf	#0
END(_start)

	.section .note.tag, "a", %note
	.balign	4
	.word	8		/* bytes of the name */
	.word	4		/* bytes of the description */
	.word	1		/* ABI tag */
	.asciz	"FreeBSD"
	.word	1100062		/* __FreeBSD_version */

	.section .note.GNU-stack, "", %progbits
