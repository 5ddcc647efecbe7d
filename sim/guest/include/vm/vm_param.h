/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Results of the map functions; the errno for one comes from vm_mmap_to_errno().
 */
#ifndef VM_VM_PARAM_H
#define VM_VM_PARAM_H

#include <machine/vmparam.h>

#define KERN_SUCCESS		0
#define KERN_INVALID_ADDRESS	1
#define KERN_PROTECTION_FAILURE	2
#define KERN_NO_SPACE		3
#define KERN_INVALID_ARGUMENT	4
#define KERN_FAILURE		5
#define KERN_RESOURCE_SHORTAGE	6
#define KERN_NOT_RECEIVER	7
#define KERN_NO_ACCESS		8

#endif
