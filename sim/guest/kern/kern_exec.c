/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * execve: the calling process becomes another program.  Until exec_new_vmspace() a failure leaves the
 * caller as it was; after it there is nothing to go back to and the process is killed.
 *
 * kern_execve() does its steps itself rather than through one more function, so that a stack taken in
 * malloc() names it as the caller of the image activator and of pargs_alloc().
 * Locking: the program's vnode is locked while it is read; PROC_LOCK for what others may look at.
 */
#include <sys/systm.h>
#include <sys/dtrace.h>
#include <sys/errno.h>
#include <sys/filedesc.h>
#include <sys/imgact.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mman.h>
#include <sys/namei.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sdt.h>
#include <sys/signalvar.h>
#include <sys/syscallsubr.h>
#include <sys/sysent.h>
#include <sys/sysproto.h>
#include <sys/vnode.h>
#include <sys/wait.h>
#include <machine/cpu.h>
#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>

#define	PS_ARG_CACHE_LIMIT	(PAGE_SIZE / 16)	/* longer arguments are not saved */

SDT_PROBE_DEFINE1(proc, , , exec, "char *");
SDT_PROBE_DEFINE1(proc, , , exec__failure, "int");
SDT_PROBE_DEFINE1(proc, , , exec__success, "char *");
SDT_PROBE_DEFINE1(sysinfo, , kern_execve, sysexec, "int");

/* Image activators, tried in turn; ENOEXEC from all means no known format. */
static const struct execsw *const execsw[] = { &elf32_execsw };

int
sys_execve(struct thread *td, struct execve_args *uap)
{
	struct image_args args;
	int error;

	error = exec_copyin_args(&args, uap->fname, UIO_USERSPACE, uap->argv, uap->envv);
	if (error == 0)
		error = kern_execve(td, &args);
	return (error);
}

/* May this vnode be run: a regular file with an x bit, and not empty. */
int
exec_check_permissions(struct image_params *imgp)
{
	struct vattr *attr;
	int error;

	attr = imgp->attr;
	error = VOP_GETATTR(imgp->vp, attr, curthread->td_ucred);
	if (error != 0)
		return (error);
	if (attr->va_type != VREG || (attr->va_mode & 0111) == 0)
		return (EACCES);
	if (attr->va_size == 0)
		return (ENOEXEC);
	return (0);
}

/* Makes the file's first page readable at image_header. */
int
exec_map_first_page(struct image_params *imgp)
{
	vm_object_t object;
	vm_page_t m;

	object = vnode_pager_alloc(imgp->vp);
	if (object == NULL)
		return (EACCES);
	VM_OBJECT_WLOCK(object);
	m = vnode_pager_getpage(object, 0);
	if (m == NULL) {
		VM_OBJECT_WUNLOCK(object);
		vm_object_deallocate(object);
		return (EIO);
	}
	vm_page_lock(m);
	vm_page_hold(m);
	vm_page_unlock(m);
	VM_OBJECT_WUNLOCK(object);
	imgp->object = object;
	imgp->firstpage = m;
	imgp->image_header = (const char *)PHYS_TO_KVA(VM_PAGE_TO_PHYS(m));
	return (0);
}

void
exec_unmap_first_page(struct image_params *imgp)
{
	if (imgp->firstpage == NULL)
		return;
	vm_page_lock(imgp->firstpage);
	vm_page_unhold(imgp->firstpage);
	vm_page_unlock(imgp->firstpage);
	imgp->firstpage = NULL;
	vm_object_deallocate(imgp->object);
	imgp->object = NULL;
}

/* Throws the old address space away and makes an empty one with a stack. */
int
exec_new_vmspace(struct image_params *imgp, struct sysentvec *sv)
{
	struct proc *p;
	struct vmspace *vmspace;
	vm_map_t map;
	vm_offset_t stack_addr;
	int error;

	p = imgp->proc;
	vmspace = p->p_vmspace;
	map = &vmspace->vm_map;
	imgp->vmspace_destroyed = true;
	if (dtrace_mapping_func != NULL)
		(*dtrace_mapping_func)(p, 0, 0, 0, NULL);
	if (vmspace->vm_refcnt == 1 && vm_map_min(map) == sv->sv_minuser && vm_map_max(map) == sv->sv_maxuser) {
		pmap_remove_pages(vmspace_pmap(vmspace));
		vm_map_remove(map, vm_map_min(map), vm_map_max(map));
	} else {
		error = vmspace_exec(p, sv->sv_minuser, sv->sv_maxuser);
		if (error != 0)
			return (error);
		vmspace = p->p_vmspace;
		map = &vmspace->vm_map;
	}
	stack_addr = sv->sv_usrstack - MAXSSIZ;
	error = vm_map_stack(map, stack_addr, MAXSSIZ, VM_PROT_ALL, VM_PROT_ALL, MAP_STACK_GROWS_DOWN);
	if (error != KERN_SUCCESS)
		return (vm_map_to_errno(error));
	vmspace->vm_ssize = MAXSSIZ >> PAGE_SHIFT;
	vmspace->vm_maxsaddr = (caddr_t)stack_addr;
	return (0);
}

/* The process's name is the program's last path component. */
void
exec_set_name(struct proc *p, const struct nameidata *nd)
{
	size_t len;

	len = MIN((size_t)nd->ni_cnd.cn_namelen, (size_t)MAXCOMLEN);
	bzero(p->p_comm, sizeof(p->p_comm));
	bcopy(nd->ni_cnd.cn_nameptr, p->p_comm, len);
	bcopy(p->p_comm, FIRST_THREAD_IN_PROC(p)->td_name, sizeof(p->p_comm));
	FIRST_THREAD_IN_PROC(p)->td_predcache = 0;
}

/* Everything about the process that others can see changes here at once. */
void
exec_commit(struct proc *p, struct image_params *imgp, struct nameidata *nd, struct pargs *newargs)
{
	struct pargs *oldargs;
	struct vnode *oldtextvp;

	vref(imgp->vp);
	PROC_LOCK(p);
	exec_set_name(p, nd);
	p->p_flag |= P_EXEC;
	p->p_flag &= ~P_INEXEC;
	if (p->p_flag & P_PPWAIT) {
		p->p_flag &= ~P_PPWAIT;
		cv_broadcast(&p->p_pwait);
	}
	execsigs(p);
	oldtextvp = p->p_textvp;
	p->p_textvp = imgp->vp;
	oldargs = p->p_args;
	p->p_args = newargs;
	PROC_UNLOCK(p);
	if (oldtextvp != NULL)
		vrele(oldtextvp);
	pargs_drop(oldargs);
}

/* Gives back what the exec held; every way out of kern_execve() goes through here. */
void
exec_release(struct image_params *imgp, struct nameidata *nd, struct image_args *args)
{
	exec_unmap_first_page(imgp);
	if (imgp->auxargs != NULL)
		free(imgp->auxargs, M_TEMP);
	if (imgp->vp != NULL) {
		NDFREE(nd, NDF_ONLY_PNBUF);
		vput(imgp->vp);
	}
	exec_free_args(args);
}

/*
 * Replaces the program of the calling process.  Takes over args.  Returns an errno if the old program
 * goes on, EJUSTRETURN if the new one starts; does not return at all if neither can.
 */
int
kern_execve(struct thread *td, struct image_args *args)
{
	struct image_params image_params, *imgp;
	struct nameidata nd;
	struct vattr attr;
	struct proc *p;
	struct pargs *newargs;
	register_t *stack_base;
	u_int i;
	int error;

	p = td->td_proc;
	imgp = &image_params;
	bzero(imgp, sizeof(*imgp));
	imgp->proc = p;
	imgp->attr = &attr;
	imgp->args = args;
	PROC_LOCK(p);
	p->p_flag |= P_INEXEC;
	PROC_UNLOCK(p);
	SDT_PROBE1(sysinfo, , kern_execve, sysexec, 1);
	SDT_PROBE1(proc, , , exec, args->fname);

	NDINIT(&nd, LOOKUP, LOCKLEAF | FOLLOW, UIO_SYSSPACE, args->fname, td);
	error = namei(&nd);
	if (error != 0)
		goto fail;
	imgp->vp = nd.ni_vp;
	error = exec_check_permissions(imgp);
	if (error != 0)
		goto fail;
	error = exec_map_first_page(imgp);
	if (error != 0)
		goto fail;
	error = ENOEXEC;
	for (i = 0; i < nitems(execsw) && error == ENOEXEC; i++)
		error = (*execsw[i]->ex_imgact)(imgp);
	if (error != 0)
		goto fail;
	stack_base = exec_copyout_strings(imgp);
	if (stack_base == NULL) {
		error = EFAULT;
		goto fail;
	}
	error = elf32_freebsd_fixup(&stack_base, imgp);
	if (error != 0)
		goto fail;
	fdcloseexec(td);
	newargs = NULL;
	i = (u_int)(args->begin_envv - args->begin_argv);
	if (i + sizeof(struct pargs) <= PS_ARG_CACHE_LIMIT) {
		newargs = pargs_alloc((int)i);
		bcopy(args->begin_argv, newargs->ar_args, i);
	}
	exec_commit(p, imgp, &nd, newargs);
	/* r0 is rtld's cleanup function when main's start code sees it: none yet. */
	exec_setregs(td, imgp->entry_addr, (u_long)(uintptr_t)stack_base, 0);
	SDT_PROBE1(proc, , , exec__success, args->fname);
	exec_release(imgp, &nd, args);
	return (EJUSTRETURN);
fail:
	PROC_LOCK(p);
	p->p_flag &= ~P_INEXEC;
	PROC_UNLOCK(p);
	SDT_PROBE1(proc, , , exec__failure, error);
	exec_release(imgp, &nd, args);
	if (imgp->vmspace_destroyed)
		exit1(td, W_EXITCODE(0, SIGABRT));
	return (error);
}
