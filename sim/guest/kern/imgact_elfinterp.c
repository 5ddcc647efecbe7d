/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The run-time linker a program names in its PT_INTERP header: found in the image, checked before the
 * old address space goes, mapped beside the program after.
 *
 * Locking: the linker's vnode is locked here while it is read; the program's is the caller's.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/elf.h>
#include <sys/imgact.h>
#include <sys/malloc.h>
#include <sys/namei.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_map.h>

/* What elf32_load_file() needs while it works; too large for the kernel stack. */
struct elf32_load_data {
	struct nameidata nd;
	struct vattr attr;
	struct image_params image_params;
};

/* ENOEXEC unless the open image is sound, and has room when it is mapped at addr. */
int
elf32_check_image(struct image_params *imgp, vm_offset_t addr)
{
	const Elf32_Ehdr *hdr;

	hdr = (const Elf32_Ehdr *)imgp->image_header;
	if (imgp->attr->va_size < (int64_t)sizeof(*hdr) || elf32_check_header(hdr) != 0 ||
	    (hdr->e_type != ET_DYN && hdr->e_type != ET_EXEC))
		return (ENOEXEC);
	return (elf32_check_segments(hdr, (const Elf32_Phdr *)(imgp->image_header + hdr->e_phoff),
	    (uint64_t)imgp->attr->va_size, hdr->e_type == ET_DYN ? addr : 0, USRSTACK - MAXSSIZ));
}

/* Checks and maps the open image. */
int
elf32_load_image(struct image_params *imgp, vm_offset_t *addr, u_long *entry)
{
	const Elf32_Ehdr *hdr;
	vm_offset_t rbase;
	int error;

	error = elf32_check_image(imgp, *addr);
	if (error != 0)
		return (error);
	hdr = (const Elf32_Ehdr *)imgp->image_header;
	rbase = hdr->e_type == ET_DYN ? *addr : 0;
	*entry = hdr->e_entry + rbase;
	return (elf32_load_sections(imgp, hdr, rbase, addr));
}

/*
 * Could `file` be the run-time linker?  Asked while the caller's address space still stands, so that it
 * can be told.  Without malloc(), whose calls in an exec are counted: three.
 */
int
elf32_check_interp(struct proc *p, const char *file, vm_offset_t addr)
{
	struct image_params image_params;
	struct nameidata nd;
	struct vattr attr;
	int error;

	bzero(&image_params, sizeof(image_params));
	image_params.proc = p;
	image_params.attr = &attr;
	NDINIT(&nd, LOOKUP, LOCKLEAF | FOLLOW, UIO_SYSSPACE, file, curthread);
	error = namei(&nd);
	if (error != 0)
		return (error);
	NDFREE(&nd, NDF_ONLY_PNBUF);
	image_params.vp = nd.ni_vp;
	error = exec_check_permissions(&image_params);
	if (error == 0)
		error = exec_map_first_page(&image_params);
	if (error == 0)
		error = elf32_check_image(&image_params, addr);
	exec_unmap_first_page(&image_params);
	vput(image_params.vp);
	return (error);
}

/* Maps the run-time linker `file` at *addr; *entry becomes where to start. */
int
elf32_load_file(struct proc *p, const char *file, vm_offset_t *addr, u_long *entry)
{
	struct elf32_load_data *tempdata;
	struct image_params *imgp;
	struct nameidata *nd;
	int error;

	tempdata = malloc(sizeof(*tempdata), M_TEMP, M_WAITOK | M_ZERO);
	nd = &tempdata->nd;
	imgp = &tempdata->image_params;
	imgp->proc = p;
	imgp->attr = &tempdata->attr;
	NDINIT(nd, LOOKUP, LOCKLEAF | FOLLOW, UIO_SYSSPACE, file, curthread);
	error = namei(nd);
	if (error == 0) {
		NDFREE(nd, NDF_ONLY_PNBUF);
		imgp->vp = nd->ni_vp;
		error = exec_check_permissions(imgp);
		if (error == 0)
			error = exec_map_first_page(imgp);
		if (error == 0)
			error = elf32_load_image(imgp, addr, entry);
		exec_unmap_first_page(imgp);
		vput(imgp->vp);
	}
	free(tempdata, M_TEMP);
	return (error);
}

/* Copies the interpreter's path out of the image; *interp stays NULL if there is none. */
int
elf32_find_interp(struct image_params *imgp, const Elf32_Ehdr *hdr, const Elf32_Phdr *ph, const char **interp)
{
	const char *name;
	int i;

	*interp = NULL;
	for (i = 0; i < hdr->e_phnum; i++) {
		if (ph[i].p_type != PT_INTERP)
			continue;
		if (ph[i].p_filesz == 0 || ph[i].p_filesz > MAXPATHLEN || ph[i].p_offset > PAGE_SIZE ||
		    ph[i].p_filesz > PAGE_SIZE - ph[i].p_offset ||
		    (uint64_t)ph[i].p_offset + ph[i].p_filesz > (uint64_t)imgp->attr->va_size)
			return (ENOEXEC);
		name = imgp->image_header + ph[i].p_offset;
		if (name[ph[i].p_filesz - 1] != '\0')
			return (ENOEXEC);
		*interp = name;
		return (0);
	}
	return (0);
}
