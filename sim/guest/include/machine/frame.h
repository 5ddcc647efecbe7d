/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The trap frame: what every exception entry pushes on the supervisor stack, 20 words.
 *
 * arm/exception.S writes it and its unwind directives describe it: keep the three in step.
 */
#ifndef MACHINE_FRAME_H
#define MACHINE_FRAME_H

#include <sys/types.h>

struct trapframe {
	register_t	tf_spsr;
	register_t	tf_r0;
	register_t	tf_r1;
	register_t	tf_r2;
	register_t	tf_r3;
	register_t	tf_r4;
	register_t	tf_r5;
	register_t	tf_r6;
	register_t	tf_r7;
	register_t	tf_r8;
	register_t	tf_r9;
	register_t	tf_r10;
	register_t	tf_r11;
	register_t	tf_r12;
	register_t	tf_usr_sp;
	register_t	tf_usr_lr;
	register_t	tf_svc_sp;
	register_t	tf_svc_lr;
	register_t	tf_pc;
	register_t	tf_pad;		/* keeps the stack 8-aligned */
};

#define TF_WORDS	20
#define TF_DTRACE_PAD	17		/* words left free below an interrupted svc sp: an emulated push goes there */

#define TRAPF_USERMODE(tf)	(((tf)->tf_spsr & PSR_MODE) == PSR_USR32_MODE)
#define TRAPF_PC(tf)		((tf)->tf_pc)

#endif
