/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The process control block: the registers of a thread that is switched out.
 *
 * It lies at the top of the kernel stack.  arm/swtch.S knows the offsets.
 */
#ifndef MACHINE_PCB_H
#define MACHINE_PCB_H

#define PCB_R4		0	/* r4..r12, sp, lr in ascending order */
#define PCB_SP		36
#define PCB_LR		40
#define PCB_PAGEDIR	44
#define PCB_ONFAULT	48
#define PCB_TP		52

#ifndef __ASSEMBLER__
#include <sys/types.h>

struct pcb {
	register_t	pcb_r4, pcb_r5, pcb_r6, pcb_r7, pcb_r8, pcb_r9, pcb_r10, pcb_r11, pcb_r12;
	register_t	pcb_sp;
	register_t	pcb_lr;
	vm_paddr_t	pcb_pagedir;	/* what TTBR0 takes */
	void		*pcb_onfault;	/* where a kernel fault on a user address goes on */
	uintptr_t	pcb_tp;		/* user thread pointer (TPIDRURO) */
	u_int		pcb_flags;
	u_int		pcb_pad;
};

_Static_assert(offsetof(struct pcb, pcb_sp) == PCB_SP, "pcb_sp");
_Static_assert(offsetof(struct pcb, pcb_pagedir) == PCB_PAGEDIR, "pcb_pagedir");
_Static_assert(offsetof(struct pcb, pcb_onfault) == PCB_ONFAULT, "pcb_onfault");
_Static_assert(offsetof(struct pcb, pcb_tp) == PCB_TP, "pcb_tp");
#endif

#endif
