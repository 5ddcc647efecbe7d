/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Page and stack sizes of the machine.
 */
#ifndef MACHINE_PARAM_H
#define MACHINE_PARAM_H

#define PAGE_SHIFT		12
#define PAGE_SIZE		(1 << PAGE_SHIFT)
#define PAGE_MASK		(PAGE_SIZE - 1)

#define MACHINE			"arm"
#define MACHINE_ARCH		"armv6"

#define KSTACK_PAGES		4	/* kernel stack, pcb at its top */
#define KSTACK_GUARD_PAGES	1
#define KSTACK_SPARE_BYTES	8192	/* what a panic over a stack that ran over runs on */

#define CACHE_LINE_SIZE		64

#define trunc_page(x)		((x) & ~(vm_offset_t)PAGE_MASK)
#define round_page(x)		(((x) + PAGE_MASK) & ~(vm_offset_t)PAGE_MASK)
#define atop(x)			((x) >> PAGE_SHIFT)
#define ptoa(x)			((x) << PAGE_SHIFT)
#define btoc(x)			(((vm_offset_t)(x) + PAGE_MASK) >> PAGE_SHIFT)
#define pgtok(x)		((x) * (PAGE_SIZE / 1024))
#define OFF_TO_IDX(off)		((vm_pindex_t)((uint64_t)(off) >> PAGE_SHIFT))
#define IDX_TO_OFF(idx)		((vm_ooffset_t)(idx) << PAGE_SHIFT)

#endif
