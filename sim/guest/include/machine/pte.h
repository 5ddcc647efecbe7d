/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Short-descriptor translation tables (ARM Architecture Reference Manual ARMv7-A, B3.5):
 * first level 4096 entries of 1 MiB, second level 256 entries of 4 KiB.
 */
#ifndef MACHINE_PTE_H
#define MACHINE_PTE_H

#define L1_TABLE_SIZE		0x4000
#define L1_ENTRIES		4096
#define L1_S_SHIFT		20
#define L1_S_SIZE		(1 << L1_S_SHIFT)
#define L1_S_OFFSET		(L1_S_SIZE - 1)
#define L1_S_FRAME		(~L1_S_OFFSET)
#define L2_TABLE_SIZE		0x400
#define L2_ENTRIES		256
#define L2_S_SHIFT		12

#define L1_TYPE_INV		0x0
#define L1_TYPE_C		0x1
#define L1_TYPE_S		0x2
#define L1_TYPE_MASK		0x3
#define L1_C_ADDR_MASK		0xfffffc00
#define L1_S_B			0x00000004
#define L1_S_C			0x00000008
#define L1_S_XN			0x00000010
#define L1_S_AP_KRW		0x00000400
#define L1_S_TEX1		0x00001000

#define L2_TYPE_INV		0x0
#define L2_TYPE_S		0x2	/* small page; bit 0 is XN */
#define L2_S_FRAME		0xfffff000
#define L2_XN			0x001
#define L2_B			0x004
#define L2_C			0x008
#define L2_AP0			0x010	/* AP[0]: without it, no access at all (used for the emulated access bit) */
#define L2_AP1			0x020	/* AP[1]: the user may */
#define L2_TEX0			0x040	/* with C and B: write-back, write-allocate */
#define L2_APX			0x200	/* AP[2]: read-only */
#define L2_NG			0x800

/* Cacheable memory and device memory. */
#define L1_S_CACHE		(L1_S_TEX1 | L1_S_C | L1_S_B)
#define L1_S_DEVICE		(L1_S_B | L1_S_XN)
#define L2_S_CACHE		(L2_TEX0 | L2_C | L2_B)
#define L2_S_DEVICE		(L2_B | L2_XN)

#ifndef __ASSEMBLER__
#include <sys/types.h>
typedef uint32_t	pd_entry_t;
typedef uint32_t	pt_entry_t;
#endif

#endif
