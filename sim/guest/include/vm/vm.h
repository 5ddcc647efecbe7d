/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Types and protections of the virtual memory system.
 */
#ifndef VM_VM_H
#define VM_VM_H

#include <sys/types.h>
#include <machine/param.h>
#include <machine/vmparam.h>

#define VM_PROT_NONE		((vm_prot_t)0x00)
#define VM_PROT_READ		((vm_prot_t)0x01)
#define VM_PROT_WRITE		((vm_prot_t)0x02)
#define VM_PROT_EXECUTE		((vm_prot_t)0x04)
#define VM_PROT_COPY		((vm_prot_t)0x08)
#define VM_PROT_ALL		(VM_PROT_READ | VM_PROT_WRITE | VM_PROT_EXECUTE)
#define VM_PROT_RW		(VM_PROT_READ | VM_PROT_WRITE)
#define VM_PROT_DEFAULT		VM_PROT_ALL

typedef struct vm_map		*vm_map_t;
typedef struct vm_map_entry	*vm_map_entry_t;
typedef struct vm_object	*vm_object_t;
typedef struct vm_page		*vm_page_t;
typedef u_char			vm_inherit_t;
typedef u_int			vm_eflags_t;

enum obj_type { OBJT_DEFAULT, OBJT_SWAP, OBJT_VNODE, OBJT_DEVICE, OBJT_PHYS, OBJT_DEAD };
typedef u_char			objtype_t;

#endif
