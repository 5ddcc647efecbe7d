/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mapping a shared object: reserve its whole extent at an address of the kernel's choice, lay the
 * segments' file pages over it, and give the bss zeroed memory.
 */
#include "rtld.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define TRUNC_PAGE(a) ((a) & ~(RTLD_PAGE - 1))
#define ROUND_PAGE(a) TRUNC_PAGE((a) + RTLD_PAGE - 1)

static int
segment_prot(const Elf32_Phdr *ph)
{
	return (((ph->p_flags & PF_R) ? PROT_READ : 0) | ((ph->p_flags & PF_W) ? PROT_WRITE : 0) |
	    ((ph->p_flags & PF_X) ? PROT_EXEC : 0));
}

static void
map_at(const object_t *obj, uint32_t address, uint32_t bytes, int prot, int flags, int fd, uint32_t offset)
{
	if (mmap((void *)address, bytes, prot, MAP_PRIVATE | MAP_FIXED | flags, fd, offset) == MAP_FAILED)
		rtld_die("%s: mmap of segment failed", obj->path);
}

/* Map one segment: its file pages, the zeroed rest of the last of them, and whole pages of bss. */
static void
map_segment(const object_t *obj, const Elf32_Phdr *ph, int fd)
{
	uint32_t start = obj->base + ph->p_vaddr, file_end = start + ph->p_filesz;
	uint32_t bss = ROUND_PAGE(file_end), end = ROUND_PAGE(start + ph->p_memsz);
	int prot = segment_prot(ph);

	map_at(obj, TRUNC_PAGE(start), bss - TRUNC_PAGE(start), prot, MAP_NOCORE | MAP_PREFAULT_READ, fd,
	    TRUNC_PAGE(ph->p_offset));
	if (ph->p_memsz == ph->p_filesz)
		return;
	if ((prot & PROT_WRITE) != 0 && bss > file_end)
		memset((void *)file_end, 0, bss - file_end);
	if (end > bss)
		map_at(obj, bss, end - bss, prot, MAP_ANON, -1, 0);
}

static bool
header_valid(const Elf32_Ehdr *header, ssize_t bytes)
{
	return (bytes >= (ssize_t)sizeof(*header) && memcmp(header->e_ident, "\177ELF\1\1\1", 7) == 0 &&
	    header->e_type == ET_DYN && header->e_machine == EM_ARM &&
	    header->e_phentsize == sizeof(Elf32_Phdr) && header->e_phoff % 4 == 0 &&
	    header->e_phoff + header->e_phnum * sizeof(Elf32_Phdr) <= (uint32_t)bytes);
}

/* Reserve the extent of all loadable segments; they are in order of address. */
static void
reserve(object_t *obj, const Elf32_Phdr *ph, unsigned int n)
{
	uint32_t low = 0, high = 0;
	bool first = true;
	void *base;

	for (; n > 0; n--, ph++) {
		if (ph->p_type != PT_LOAD)
			continue;
		if (first)
			low = TRUNC_PAGE(ph->p_vaddr);
		first = false;
		high = ROUND_PAGE(ph->p_vaddr + ph->p_memsz);
	}
	if (high <= low)
		rtld_die("%s: no loadable segment", obj->path);
	base = mmap(NULL, high - low, PROT_NONE, MAP_PRIVATE | MAP_ANON | MAP_NOCORE, -1, 0);
	if (base == MAP_FAILED)
		rtld_die("%s: mmap of entire address space failed", obj->path);
	obj->map_base = (uint32_t)base;
	obj->map_bytes = high - low;
	obj->base = (uint32_t)base - low;
}

/* Map the shared object open on fd and return its description, at the end of the list. */
object_t *
object_map(int fd, const char *path)
{
	union {
		Elf32_Ehdr header;
		char bytes[1024];
	} head;
	object_t *obj = object_new(path);
	const Elf32_Phdr *ph;
	struct stat st;
	unsigned int i;

	if (fstat(fd, &st) == -1 || !header_valid(&head.header, pread(fd, head.bytes, sizeof(head), 0)))
		rtld_die("%s: invalid file format", path);
	ph = (const Elf32_Phdr *)(head.bytes + head.header.e_phoff);
	reserve(obj, ph, head.header.e_phnum);
	for (i = 0; i < head.header.e_phnum; i++) {
		if (ph[i].p_type == PT_LOAD)
			map_segment(obj, &ph[i], fd);
		else if (ph[i].p_type == PT_DYNAMIC)
			obj->dynamic = (const Elf32_Dyn *)(obj->base + ph[i].p_vaddr);
	}
	if (obj->dynamic == NULL)
		rtld_die("%s: object is not dynamically-linked", path);
	object_digest(obj);
	return (obj);
}
