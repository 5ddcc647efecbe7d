/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The state of one execve: gathered strings (image_args) and what is known of the image.
 * Private to the executing thread, so no lock.
 */
#ifndef _SYS_IMGACT_H_
#define	_SYS_IMGACT_H_

#include <sys/types.h>
#include <sys/elf.h>
#include <sys/uio.h>
#include <sys/param.h>

struct nameidata;
struct proc;
struct sysentvec;
struct thread;
struct vattr;
struct vnode;
struct vm_page;
struct vm_object;

struct image_args {
	char	*buf;		/* exec_map space: strings, then the path */
	char	*begin_argv;
	char	*begin_envv;
	char	*endp;		/* end of the strings so far */
	char	*fname;		/* path, kernel copy */
	int	stringspace;	/* bytes left */
	int	argc;
	int	envc;
};

struct image_params {
	struct proc *proc;
	struct image_args *args;
	struct vnode *vp;
	struct vm_object *object;
	struct vattr *attr;
	const char *image_header;	/* first page of the file, mapped */
	struct vm_page *firstpage;
	u_long	entry_addr;
	u_long	reloc_base;
	char	*interpreter_name;
	void	*auxargs;		/* malloc'd by the activator */
	vm_offset_t ps_strings;
	char	*execpath;		/* user address of the path string */
	u_long	execpathp;
	u_long	canary;
	int	canarylen;
	u_long	pagesizes;
	int	pagesizeslen;
	int	stack_prot;
	bool	vmspace_destroyed;	/* failing now means killing */
};

struct execsw {
	int	(*ex_imgact)(struct image_params *imgp);
	const char *ex_name;
};
extern struct execsw elf32_execsw;

int	exec_alloc_args(struct image_args *args);
void	exec_free_args(struct image_args *args);
int	exec_copyin_args(struct image_args *args, char *fname, enum uio_seg segflg, char **argv, char **envv);
int	exec_check_permissions(struct image_params *imgp);
int	exec_map_first_page(struct image_params *imgp);
void	exec_unmap_first_page(struct image_params *imgp);
int	exec_new_vmspace(struct image_params *imgp, struct sysentvec *sv);
register_t *exec_copyout_strings(struct image_params *imgp);
int	elf32_freebsd_fixup(register_t **stack_base, struct image_params *imgp);
int	exec_elf32_imgact(struct image_params *imgp);
/* kern/imgact_elfinterp.c */
int	elf32_find_interp(struct image_params *imgp, const Elf32_Ehdr *hdr, const Elf32_Phdr *ph, const char **interp);
int	elf32_check_interp(struct proc *p, const char *file, vm_offset_t addr);
int	elf32_load_file(struct proc *p, const char *file, vm_offset_t *addr, u_long *entry);
/* kern/imgact_elfload.c: headers lie in the first page, as do program headers once checked. */
int	elf32_check_header(const Elf32_Ehdr *hdr);
int	elf32_check_segments(const Elf32_Ehdr *hdr, const Elf32_Phdr *ph, uint64_t file_bytes, vm_offset_t rbase,
	    vm_offset_t limit);
int	elf32_load_sections(struct image_params *imgp, const Elf32_Ehdr *hdr, vm_offset_t rbase, vm_offset_t *base);

#endif
