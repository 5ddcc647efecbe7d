/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loading ELF images, programs and run-time linkers alike: checking every header first, so that mapping
 * can trust them, and mapping the segments.
 *
 * Locking: the image's vnode is locked by the caller; the map functions lock the map.
 */
#include <sys/systm.h>
#include <sys/dtrace.h>
#include <sys/errno.h>
#include <sys/elf.h>
#include <sys/imgact.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/vnode.h>
#include <machine/cpu.h>
#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_param.h>

/* Is this an ELF header of this machine, with its program headers inside the first page. */
int
elf32_check_header(const Elf32_Ehdr *hdr)
{
	if (bcmp(hdr->e_ident, ELFMAG, SELFMAG) != 0 || hdr->e_ident[EI_CLASS] != ELFCLASS32 ||
	    hdr->e_ident[EI_DATA] != ELFDATA2LSB || hdr->e_ident[EI_VERSION] != EV_CURRENT ||
	    hdr->e_phentsize != sizeof(Elf32_Phdr) || hdr->e_version != EV_CURRENT || hdr->e_machine != EM_ARM)
		return (ENOEXEC);
	if (hdr->e_phnum == 0 || (hdr->e_phoff & 3) != 0 || hdr->e_phoff > PAGE_SIZE ||
	    (u_int)hdr->e_phentsize * hdr->e_phnum > PAGE_SIZE - hdr->e_phoff)
		return (ENOEXEC);
	return (0);
}

/* Does a segment, moved by rbase, lie in user space below `limit` and in the file. */
int
elf32_check_segment(const Elf32_Phdr *ph, uint64_t file_bytes, vm_offset_t rbase, vm_offset_t limit)
{
	uint64_t start, end;

	start = (uint64_t)ph->p_vaddr + rbase;
	end = start + ph->p_memsz;
	if (ph->p_memsz == 0)
		return (ph->p_filesz == 0 ? 0 : ENOEXEC);
	if (start < VM_MIN_USER_ADDRESS || end > limit)
		return (ENOEXEC);
	if (ph->p_filesz > ph->p_memsz || (uint64_t)ph->p_offset + ph->p_filesz > file_bytes)
		return (ENOEXEC);
	if (ph->p_filesz != 0 && ((ph->p_offset ^ ph->p_vaddr) & PAGE_MASK) != 0)
		return (ENOEXEC);
	return (0);
}

/* All segments are sound, rise in address without sharing a page, and at least one exists. */
int
elf32_check_segments(const Elf32_Ehdr *hdr, const Elf32_Phdr *ph, uint64_t file_bytes, vm_offset_t rbase,
    vm_offset_t limit)
{
	vm_offset_t last;
	int i, loads;

	last = 0;
	loads = 0;
	for (i = 0; i < hdr->e_phnum; i++) {
		if (ph[i].p_type != PT_LOAD || ph[i].p_memsz == 0)
			continue;
		if (elf32_check_segment(&ph[i], file_bytes, rbase, limit) != 0)
			return (ENOEXEC);
		if (loads > 0 && trunc_page(ph[i].p_vaddr) < last)
			return (ENOEXEC);
		last = round_page(ph[i].p_vaddr + ph[i].p_memsz);
		loads++;
	}
	return (loads > 0 ? 0 : ENOEXEC);
}

vm_prot_t
elf32_trans_prot(Elf32_Word flags)
{
	vm_prot_t prot;

	prot = 0;
	if (flags & PF_X)
		prot |= VM_PROT_EXECUTE;
	if (flags & PF_W)
		prot |= VM_PROT_WRITE;
	if (flags & PF_R)
		prot |= VM_PROT_READ;
	return (prot);
}

/* Maps [start, end) to the object, or to zeroes if it is NULL. */
int
elf32_map_insert(vm_map_t map, vm_object_t object, vm_ooffset_t offset, vm_offset_t start, vm_offset_t end,
    vm_prot_t prot, int cow)
{
	int rv;

	if (object != NULL)
		vm_object_reference(object);
	rv = vm_map_fixed(map, object, offset, start, end - start, prot, VM_PROT_ALL, cow | MAP_CHECK_EXCL);
	if (rv != KERN_SUCCESS && object != NULL)
		vm_object_deallocate(object);
	return (rv);
}

/* The file's bytes in the page that is partly zeroes: copied into the anonymous page at map_addr. */
int
elf32_copy_tail(vm_object_t object, vm_ooffset_t offset, vm_offset_t map_addr, size_t len)
{
	vm_page_t m;

	VM_OBJECT_WLOCK(object);
	m = vnode_pager_getpage(object, OFF_TO_IDX(offset));
	VM_OBJECT_WUNLOCK(object);
	if (m == NULL)
		return (EIO);
	return (copyout((const void *)PHYS_TO_KVA(VM_PAGE_TO_PHYS(m)), (void *)map_addr, len));
}

/* Maps one segment: whole pages of the file copy-on-write, the rest anonymous memory. */
int
elf32_load_section(struct image_params *imgp, const Elf32_Phdr *ph, vm_offset_t rbase)
{
	vm_map_t map;
	vm_offset_t map_addr, vmaddr, file_end, bss_end;
	vm_prot_t prot;

	map = &imgp->proc->p_vmspace->vm_map;
	prot = elf32_trans_prot(ph->p_flags);
	vmaddr = ph->p_vaddr + rbase;
	map_addr = trunc_page(vmaddr);
	file_end = ph->p_filesz == 0 ? map_addr :
	    ph->p_memsz > ph->p_filesz ? trunc_page(vmaddr + ph->p_filesz) : round_page(vmaddr + ph->p_filesz);
	if (file_end > map_addr && elf32_map_insert(map, imgp->object, trunc_page(ph->p_offset), map_addr, file_end,
	    prot, MAP_COPY_ON_WRITE | MAP_PREFAULT) != KERN_SUCCESS)
		return (EINVAL);
	if (dtrace_mapping_func != NULL && file_end > map_addr && (prot & VM_PROT_EXECUTE))
		(*dtrace_mapping_func)(imgp->proc, map_addr, file_end - map_addr, trunc_page(ph->p_offset), imgp->vp);
	bss_end = round_page(vmaddr + ph->p_memsz);
	if (ph->p_memsz == ph->p_filesz || bss_end <= file_end)
		return (0);
	if (elf32_map_insert(map, NULL, 0, file_end, bss_end, prot | VM_PROT_WRITE, 0) != KERN_SUCCESS)
		return (EINVAL);
	if (ph->p_filesz != 0 && vmaddr + ph->p_filesz > file_end && elf32_copy_tail(imgp->object,
	    trunc_page((vm_ooffset_t)ph->p_offset + ph->p_filesz), file_end, vmaddr + ph->p_filesz - file_end) != 0)
		return (EFAULT);
	if ((prot & VM_PROT_WRITE) == 0)
		(void)vm_map_protect(map, file_end, bss_end, prot, FALSE);
	return (0);
}

/* Maps all segments of an image; *base becomes the first one's page. */
int
elf32_load_sections(struct image_params *imgp, const Elf32_Ehdr *hdr, vm_offset_t rbase, vm_offset_t *base)
{
	const Elf32_Phdr *ph;
	int error, i, first;

	ph = (const Elf32_Phdr *)(imgp->image_header + hdr->e_phoff);
	first = 1;
	for (i = 0; i < hdr->e_phnum; i++) {
		if (ph[i].p_type != PT_LOAD || ph[i].p_memsz == 0)
			continue;
		error = elf32_load_section(imgp, &ph[i], rbase);
		if (error != 0)
			return (error);
		if (first)
			*base = trunc_page(ph[i].p_vaddr + rbase);
		first = 0;
	}
	return (0);
}
