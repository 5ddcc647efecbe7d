/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Layout of the virtual address space.
 *
 *	0x00001000 .. 0xbfffffff	the user's; page 0 is never mapped
 *	0xc0000000 ..			sections: kernel, loader's tables, root image, boot-time tables
 *	virtual_avail ..		kernel memory in 4 KiB pages, KVA_BYTES of it, below MAILBOX_KVA
 *	MAILBOX_KVA			the mailbox of pvctl, in sections
 *	DEVMAP_BASE + physical		devices, in sections
 *	0xffff0000			the vector page
 */
#ifndef MACHINE_VMPARAM_H
#define MACHINE_VMPARAM_H

#include <machine/param.h>

#define KERNBASE		0xc0000000
#define PHYSADDR		0x80000000
#define KERNVIRTADDR		0xc0200000
#define VA_MINUS_PA		(KERNBASE - PHYSADDR)

#define VM_MIN_ADDRESS		0x00001000
#define VM_MIN_USER_ADDRESS	VM_MIN_ADDRESS
#define VM_MAXUSER_ADDRESS	KERNBASE
#define VM_MAX_ADDRESS		VM_MAXUSER_ADDRESS
#define VM_MIN_KERNEL_ADDRESS	KERNBASE
#define VM_MAX_KERNEL_ADDRESS	0xffffffff
#define USRSTACK		VM_MAXUSER_ADDRESS

#define KVA_BYTES		0x10000000	/* 256 MiB of kernel memory */
#define MAILBOX_KVA		0xee000000
#define DEVMAP_OFFSET		0xb0000000	/* device va - pa */
#define ARM_VECTORS_HIGH	0xffff0000

#define MAXTSIZ			(64UL * 1024 * 1024)
#define DFLDSIZ			(128UL * 1024 * 1024)
#define MAXDSIZ			(512UL * 1024 * 1024)
#define DFLSSIZ			(2UL * 1024 * 1024)
#define MAXSSIZ			(8UL * 1024 * 1024)
#define SGROWSIZ		(128UL * 1024)

#define VM_INITIAL_PAGEIN	16
#define UMA_SLAB_SIZE		PAGE_SIZE
#define ZERO_REGION_SIZE	(64 * 1024)

#endif
