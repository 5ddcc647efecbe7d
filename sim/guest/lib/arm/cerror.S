/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a system call stub goes when the kernel returns with the carry flag set: r0, the error,
 * is stored in errno and -1 comes back (in r0 and r1, for calls with a 64-bit result).
 */
#include "asm.h"

	.syntax	unified

ENTRY(cerror)
	HIDDEN(cerror)
	ldr	r1, 1f
	ldr	r2, 2f
0:	add	r1, pc, r1
	ldr	r2, [r1, r2]
	str	r0, [r2]
	mvn	r0, #0
	mvn	r1, #0
	bx	lr
1:	.word	_GLOBAL_OFFSET_TABLE_ - (0b + 8)
2:	.word	errno(GOT)
END(cerror)
