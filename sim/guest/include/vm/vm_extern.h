/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Services of the virtual memory system to the rest of the kernel.
 */
#ifndef VM_VM_EXTERN_H
#define VM_VM_EXTERN_H

#include <vm/vm.h>

struct vmem;
extern struct vmem *kernel_arena, *kmem_arena;	/* both name the one range of kernel memory */

void	vm_mem_init(void);			/* kernel memory, UMA, malloc, objects, maps: a SYSINIT */

/* vm_kern.c: kernel memory, page-granular. */
vm_offset_t kva_alloc(vm_size_t size);		/* addresses only */
void	kva_free(vm_offset_t addr, vm_size_t size);
vm_offset_t kmem_malloc(struct vmem *vmem, vm_size_t size, int flags);	/* 0 if M_NOWAIT and none */
void	kmem_free(struct vmem *vmem, vm_offset_t addr, vm_size_t size);
void	kmem_init(vm_offset_t start, vm_offset_t end);
void	kmem_init_zero_region(void);
extern const void *zero_region;			/* ZERO_REGION_SIZE bytes of zeroes, read-only */

/* vm_glue.c */
int	useracc(void *addr, int len, int rw);	/* nonzero if the range is mapped with that protection */
int	vm_thread_new(struct thread *td, int pages);	/* kernel stack with guard; 0 on failure */
void	vm_thread_dispose(struct thread *td);
int	vm_forkproc(struct thread *td, struct proc *p2, struct thread *td2, struct vmspace *vm2, int flags);
void	vm_waitproc(struct proc *p);

/* vm_fault.c */
struct vm_map;
int	vm_fault(struct vm_map *map, vm_offset_t vaddr, vm_prot_t fault_type, int fault_flags);
int	vm_fault_hold(struct vm_map *map, vm_offset_t vaddr, vm_prot_t fault_type, int fault_flags,
	    struct vm_page **m_hold);

/*
 * vm_mmap.c: bodies of the system calls; 0 or an errno.  vm_mmap_object maps object (NULL: anonymous memory) with
 * the MAP_* flags of <sys/mman.h>; it takes over the caller's reference on success and leaves it on failure.
 */
int	vm_mmap_object(struct vm_map *map, vm_offset_t *addr, vm_size_t size, vm_prot_t prot, vm_prot_t maxprot,
	    int flags, struct vm_object *object, vm_ooffset_t foff);
int	vm_munmap(struct vm_map *map, vm_offset_t addr, vm_size_t size);
int	vm_mprotect(struct vm_map *map, vm_offset_t addr, vm_size_t size, vm_prot_t prot);

/* Counts that sysctl, procstat and tests read. */
struct vmmeter_count {
	u_int	v_page_size, v_page_count;
	volatile u_int v_free_count, v_wire_count;
	u_int	v_vm_faults, v_cow_faults, v_zfod;
};
extern struct vmmeter_count vm_cnt;

#endif
