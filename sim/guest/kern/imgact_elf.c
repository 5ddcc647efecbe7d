/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Activating 32-bit ARM ELF programs: every header is checked before the old address space goes; then
 * the segments are mapped, the run-time linker is mapped beside them, and what both need to know
 * becomes the auxiliary vector.  The run-time linker has a file of its own, imgact_elfinterp.c.
 *
 * Locking: the program's vnode is locked by kern_execve().
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/elf.h>
#include <sys/imgact.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/sysent.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_map.h>

typedef struct {
	Elf32_Addr phdr;
	u_int	phent, phnum;
	Elf32_Addr base, entry;
} Elf32_Auxargs;

struct execsw elf32_execsw = { exec_elf32_imgact, "ELF32" };

/* Notes sizes and starts of text and data, as procfs-like tools and mmap's default address want them. */
void
elf32_set_sizes(struct vmspace *vmspace, const Elf32_Ehdr *hdr, const Elf32_Phdr *ph)
{
	vm_offset_t start, end;
	int i;

	for (i = 0; i < hdr->e_phnum; i++) {
		if (ph[i].p_type != PT_LOAD || ph[i].p_memsz == 0)
			continue;
		start = trunc_page(ph[i].p_vaddr);
		end = round_page(ph[i].p_vaddr + ph[i].p_memsz);
		if (ph[i].p_flags & PF_X) {
			vmspace->vm_taddr = (caddr_t)start;
			vmspace->vm_tsize = (segsz_t)((end - start) >> PAGE_SHIFT);
		}
		vmspace->vm_daddr = (caddr_t)start;	/* the last segment is the data */
		vmspace->vm_dsize = (segsz_t)((end - start) >> PAGE_SHIFT);
	}
}

/* Where the run-time linker goes: behind the room that the data, the last segment, may grow into. */
vm_offset_t
elf32_interp_address(const Elf32_Ehdr *hdr, const Elf32_Phdr *ph)
{
	vm_offset_t data;
	int i;

	data = 0;
	for (i = 0; i < hdr->e_phnum; i++)
		if (ph[i].p_type == PT_LOAD && ph[i].p_memsz != 0)
			data = trunc_page(ph[i].p_vaddr);
	return (round_page(data + MAXDSIZ));
}

/* Where the program headers are in memory: PT_PHDR says, or the first segment holds them. */
Elf32_Addr
elf32_phdr_address(const Elf32_Ehdr *hdr, const Elf32_Phdr *ph)
{
	int i;

	for (i = 0; i < hdr->e_phnum; i++)
		if (ph[i].p_type == PT_PHDR)
			return (ph[i].p_vaddr);
	for (i = 0; i < hdr->e_phnum; i++)
		if (ph[i].p_type == PT_LOAD && ph[i].p_offset == 0)
			return (ph[i].p_vaddr + hdr->e_phoff);
	return (0);
}

/* The activator: ENOEXEC leaves the caller unharmed, any error after exec_new_vmspace() kills it. */
int
exec_elf32_imgact(struct image_params *imgp)
{
	const Elf32_Ehdr *hdr;
	const Elf32_Phdr *ph;
	Elf32_Auxargs *elf_auxargs;
	const char *interp;
	vm_offset_t addr, base;
	int error;

	hdr = (const Elf32_Ehdr *)imgp->image_header;
	if (imgp->attr->va_size < (int64_t)sizeof(*hdr) || elf32_check_header(hdr) != 0 || hdr->e_type != ET_EXEC)
		return (ENOEXEC);
	ph = (const Elf32_Phdr *)(imgp->image_header + hdr->e_phoff);
	error = elf32_check_segments(hdr, ph, (uint64_t)imgp->attr->va_size, 0, USRSTACK - MAXSSIZ);
	if (error == 0)
		error = elf32_find_interp(imgp, hdr, ph, &interp);
	addr = elf32_interp_address(hdr, ph);
	if (error == 0 && interp != NULL)
		error = elf32_check_interp(imgp->proc, interp, addr);
	if (error != 0)
		return (error);

	error = exec_new_vmspace(imgp, &elf32_freebsd_sysvec);
	if (error != 0)
		return (error);
	imgp->proc->p_sysent = &elf32_freebsd_sysvec;
	error = elf32_load_sections(imgp, hdr, 0, &base);
	if (error != 0)
		return (error);
	elf32_set_sizes(imgp->proc->p_vmspace, hdr, ph);
	imgp->entry_addr = hdr->e_entry;
	if (interp != NULL) {
		error = elf32_load_file(imgp->proc, interp, &addr, &imgp->entry_addr);
		if (error != 0) {
			printf("ELF interpreter %s: error %d\n", interp, error);
			return (error);
		}
	}
	imgp->reloc_base = addr;

	elf_auxargs = malloc(sizeof(*elf_auxargs), M_TEMP, M_WAITOK);
	elf_auxargs->phdr = elf32_phdr_address(hdr, ph);
	elf_auxargs->phent = hdr->e_phentsize;
	elf_auxargs->phnum = hdr->e_phnum;
	elf_auxargs->base = addr;
	elf_auxargs->entry = hdr->e_entry;
	imgp->auxargs = elf_auxargs;
	return (0);
}

/* Writes one entry of the auxiliary vector at *pos. */
int
elf32_aux_entry(register_t **pos, int type, u_long value)
{
	if (suword(*pos, type) != 0 || suword(*pos + 1, (long)value) != 0)
		return (EFAULT);
	*pos += 2;
	return (0);
}

/* The auxiliary vector behind envp[], and argc before argv[]; gives auxargs back. */
int
elf32_freebsd_fixup(register_t **stack_base, struct image_params *imgp)
{
	const Elf32_Auxargs *args = imgp->auxargs;
	register_t *pos;
	int error;

	pos = *stack_base + imgp->args->argc + 1 + imgp->args->envc + 1;
	error = elf32_aux_entry(&pos, AT_PHDR, args->phdr);
	error |= elf32_aux_entry(&pos, AT_PHENT, args->phent);
	error |= elf32_aux_entry(&pos, AT_PHNUM, args->phnum);
	error |= elf32_aux_entry(&pos, AT_PAGESZ, PAGE_SIZE);
	error |= elf32_aux_entry(&pos, AT_FLAGS, 0);
	error |= elf32_aux_entry(&pos, AT_ENTRY, args->entry);
	error |= elf32_aux_entry(&pos, AT_BASE, args->base);
	if (imgp->execpathp != 0)
		error |= elf32_aux_entry(&pos, AT_EXECPATH, imgp->execpathp);
	error |= elf32_aux_entry(&pos, AT_OSRELDATE, (u_long)osreldate);
	error |= elf32_aux_entry(&pos, AT_CANARY, imgp->canary);
	error |= elf32_aux_entry(&pos, AT_CANARYLEN, (u_long)imgp->canarylen);
	error |= elf32_aux_entry(&pos, AT_NCPUS, 1);
	error |= elf32_aux_entry(&pos, AT_PAGESIZES, imgp->pagesizes);
	error |= elf32_aux_entry(&pos, AT_PAGESIZESLEN, (u_long)imgp->pagesizeslen);
	error |= elf32_aux_entry(&pos, AT_STACKPROT, VM_PROT_ALL);
	error |= elf32_aux_entry(&pos, AT_NULL, 0);
	free(imgp->auxargs, M_TEMP);
	imgp->auxargs = NULL;
	(*stack_base)--;
	if (suword(*stack_base, imgp->args->argc) != 0)
		error = EFAULT;
	return (error);
}
