/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mmap, munmap, mprotect and sysarch: checking what a program asks for before the map code sees it.
 *
 * Locking: none here; the map functions lock the map.
 */
#include <sys/systm.h>
#include <sys/dtrace.h>
#include <sys/errno.h>
#include <sys/conf.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sysproto.h>
#include <sys/vnode.h>
#include <machine/cpu.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>

#define	ARM_SET_TP	2
#define	ARM_GET_TP	3

/*
 * Where a mapping without an address starts looking: above the room the data segment may grow into;
 * files one megabyte boundary further, so that one big enough could be mapped by sections.
 */
vm_offset_t
mmap_default_address(struct vmspace *vms, vm_offset_t addr, int file)
{
	vm_offset_t low;

	low = round_page((vm_offset_t)vms->vm_daddr + MAXDSIZ);
	if (addr == 0 || (addr >= round_page((vm_offset_t)vms->vm_taddr) && addr < low))
		addr = file ? roundup2(low, 1024 * 1024) : low;
	return (addr);
}

/* The object behind a descriptor, with a reference; *maxprot is what it allows. */
int
mmap_file_object(struct thread *td, int fd, int flags, vm_prot_t *maxprot, vm_object_t *objp, int *anon)
{
	struct file *fp;
	struct vnode *vp;
	int error;

	error = fget(td, fd, &fp);
	if (error != 0)
		return (error);
	vp = fp->f_vnode;
	error = ENODEV;
	if (vp != NULL && vp->v_type == VCHR && (vp->v_rdev->si_devsw->d_flags & D_MMAP_ANON)) {
		*anon = 1;
		error = 0;
	} else if ((fp->f_flag & (FREAD | FEXEC)) == 0)
		error = EACCES;
	else if (vp != NULL && vp->v_type == VREG) {
		*objp = vnode_pager_alloc(vp);
		error = *objp != NULL ? 0 : ENODEV;
		*maxprot = (flags & MAP_SHARED) ? VM_PROT_READ | VM_PROT_EXECUTE : VM_PROT_ALL;
	}
	fdrop(fp, td);
	return (error);
}

/* The checks of mmap's arguments that need no file. */
int
mmap_check(const struct mmap_args *uap, vm_size_t size)
{
	if (uap->len == 0 || size < uap->len || (uap->prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC)))
		return (EINVAL);
	if ((uap->flags & (MAP_SHARED | MAP_PRIVATE)) == (MAP_SHARED | MAP_PRIVATE))
		return (EINVAL);
	if ((uap->flags & MAP_ANON) && (uap->fd != -1 || uap->pos != 0))
		return (EINVAL);
	if (uap->pos < 0 || (uap->pos & PAGE_MASK) != 0)
		return (EINVAL);
	if ((uap->flags & MAP_FIXED) && ((vm_offset_t)uap->addr & PAGE_MASK) != 0)
		return (EINVAL);
	return (0);
}

int
sys_mmap(struct thread *td, struct mmap_args *uap)
{
	struct vmspace *vms;
	vm_object_t object;
	vm_offset_t addr;
	vm_prot_t maxprot;
	vm_size_t size;
	int anon, error;

	vms = td->td_proc->p_vmspace;
	size = round_page(uap->len);
	error = mmap_check(uap, size);
	if (error != 0)
		return (error);
	object = NULL;
	maxprot = VM_PROT_ALL;
	anon = (uap->flags & (MAP_ANON | MAP_STACK)) != 0;
	if (!anon)
		error = mmap_file_object(td, uap->fd, uap->flags, &maxprot, &object, &anon);
	if (error != 0)
		return (error);
	addr = (vm_offset_t)uap->addr;
	if (uap->flags & MAP_FIXED) {
		if (addr < vm_map_min(&vms->vm_map) || addr + size < addr || addr + size > vm_map_max(&vms->vm_map))
			error = EINVAL;
	} else
		addr = mmap_default_address(vms, trunc_page(addr), object != NULL);
	if (error == 0 && (uap->prot & ~maxprot))
		error = EACCES;
	if (error == 0)
		error = vm_mmap_object(&vms->vm_map, &addr, size, (vm_prot_t)uap->prot, maxprot, uap->flags, object,
		    anon ? 0 : uap->pos);
	if (error != 0 && object != NULL)
		vm_object_deallocate(object);
	if (error == 0 && dtrace_mapping_func != NULL && object != NULL && (uap->prot & PROT_EXEC))
		(*dtrace_mapping_func)(td->td_proc, addr, size, uap->pos, object->handle);
	td->td_retval[0] = (register_t)addr;
	return (error);
}

int
sys_munmap(struct thread *td, struct munmap_args *uap)
{
	vm_offset_t addr, end;

	addr = (vm_offset_t)uap->addr;
	end = round_page(addr + uap->len);
	addr = trunc_page(addr);
	if (uap->len == 0 || end <= addr || end > VM_MAXUSER_ADDRESS || addr < VM_MIN_USER_ADDRESS)
		return (EINVAL);
	return (vm_munmap(&td->td_proc->p_vmspace->vm_map, addr, end - addr));
}

int
sys_mprotect(struct thread *td, struct mprotect_args *uap)
{
	vm_offset_t addr, end;

	addr = (vm_offset_t)uap->addr;
	end = round_page(addr + uap->len);
	addr = trunc_page(addr);
	if (end < addr || end > VM_MAXUSER_ADDRESS || addr < VM_MIN_USER_ADDRESS ||
	    (uap->prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC)))
		return (EINVAL);
	return (vm_mprotect(&td->td_proc->p_vmspace->vm_map, addr, end - addr, (vm_prot_t)uap->prot));
}

/* The machine's own: the thread pointer. */
int
sys_sysarch(struct thread *td, struct sysarch_args *uap)
{
	switch (uap->op) {
	case ARM_SET_TP:
		return (cpu_sysarch_set_tp(td, (uintptr_t)uap->parms));
	case ARM_GET_TP:
		td->td_retval[0] = (register_t)td->td_pcb->pcb_tp;
		return (0);
	default:
		return (EINVAL);
	}
}
