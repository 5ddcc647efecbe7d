/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bits of the program status register, the system control register and the fault status registers
 * (ARM Architecture Reference Manual ARMv7-A, B1.3 and B3.13).  Read by C and by assembly.
 */
#ifndef MACHINE_ARMREG_H
#define MACHINE_ARMREG_H

#define PSR_MODE		0x1f
#define PSR_USR32_MODE		0x10
#define PSR_FIQ32_MODE		0x11
#define PSR_IRQ32_MODE		0x12
#define PSR_SVC32_MODE		0x13
#define PSR_ABT32_MODE		0x17
#define PSR_UND32_MODE		0x1b
#define PSR_SYS32_MODE		0x1f
#define PSR_T			0x20
#define PSR_F			0x40
#define PSR_I			0x80
#define PSR_A			0x100
#define PSR_J			0x01000000
#define PSR_C			0x20000000
#define PSR_FLAGS		0xf8000000

#define CPU_CONTROL_MMU_ENABLE	0x00000001
#define CPU_CONTROL_AFLT_ENABLE	0x00000002
#define CPU_CONTROL_DC_ENABLE	0x00000004
#define CPU_CONTROL_BPRD_ENABLE	0x00000800
#define CPU_CONTROL_IC_ENABLE	0x00001000
#define CPU_CONTROL_VECRELOC	0x00002000

#define DOMAIN_CLIENT		1

/* Fault status: the code is bits 10 and 3..0. */
#define FSR_TO_FAULT(fsr)	(((fsr) & 0xf) | (((fsr) >> 6) & 0x10))
#define FAULT_ALIGN		0x01
#define FAULT_DEBUG		0x02
#define FAULT_ACCESS_L1		0x03
#define FAULT_ICACHE		0x04
#define FAULT_TRAN_L1		0x05
#define FAULT_ACCESS_L2		0x06
#define FAULT_TRAN_L2		0x07
#define FAULT_EA_PREC		0x08
#define FAULT_DOMAIN_L1		0x09
#define FAULT_DOMAIN_L2		0x0b
#define FAULT_PERM_L1		0x0d
#define FAULT_PERM_L2		0x0f
#define FSR_WNR			0x800

#endif
