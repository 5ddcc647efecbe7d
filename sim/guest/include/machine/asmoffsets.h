/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Offsets that assembly needs of structures owned by others; arm/vm_machdep.c asserts each of them.
 */
#ifndef MACHINE_ASMOFFSETS_H
#define MACHINE_ASMOFFSETS_H

#define PC_CURTHREAD	0
#define PC_CURPCB	4
#define TD_FLAGS	28
#define TD_PCB		224

#endif
