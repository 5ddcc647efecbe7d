/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 32-bit ELF structures and numbers, and the auxiliary vector the kernel hands to rtld. */
#ifndef _SYS_ELF_H_
#define	_SYS_ELF_H_

#include <sys/types.h>

typedef uint32_t Elf32_Addr;
typedef uint32_t Elf32_Off;
typedef uint32_t Elf32_Word;
typedef int32_t	Elf32_Sword;
typedef uint16_t Elf32_Half;

#define	EI_NIDENT	16
#define	EI_CLASS	4
#define	EI_DATA		5
#define	EI_VERSION	6
#define	EI_OSABI	7
#define	ELFMAG		"\177ELF"
#define	SELFMAG		4
#define	ELFCLASS32	1
#define	ELFDATA2LSB	1
#define	EV_CURRENT	1
#define	ET_EXEC		2
#define	ET_DYN		3
#define	EM_ARM		40

typedef struct {
	unsigned char e_ident[EI_NIDENT];
	Elf32_Half e_type;
	Elf32_Half e_machine;
	Elf32_Word e_version;
	Elf32_Addr e_entry;
	Elf32_Off e_phoff;
	Elf32_Off e_shoff;
	Elf32_Word e_flags;
	Elf32_Half e_ehsize;
	Elf32_Half e_phentsize;
	Elf32_Half e_phnum;
	Elf32_Half e_shentsize;
	Elf32_Half e_shnum;
	Elf32_Half e_shstrndx;
} Elf32_Ehdr;

typedef struct {
	Elf32_Word p_type;
	Elf32_Off p_offset;
	Elf32_Addr p_vaddr;
	Elf32_Addr p_paddr;
	Elf32_Word p_filesz;
	Elf32_Word p_memsz;
	Elf32_Word p_flags;
	Elf32_Word p_align;
} Elf32_Phdr;

typedef struct {
	Elf32_Word st_name;
	Elf32_Addr st_value;
	Elf32_Word st_size;
	unsigned char st_info;
	unsigned char st_other;
	Elf32_Half st_shndx;
} Elf32_Sym;

#define	ELF32_ST_TYPE(i)	((i) & 0xf)
#define	ELF32_ST_BIND(i)	((i) >> 4)
#define	STT_NOTYPE	0
#define	STT_OBJECT	1
#define	STT_FUNC	2
#define	STB_LOCAL	0
#define	STB_GLOBAL	1
#define	STB_WEAK	2
#define	SHN_UNDEF	0

#define	PT_NULL		0
#define	PT_LOAD		1
#define	PT_DYNAMIC	2
#define	PT_INTERP	3
#define	PT_NOTE		4
#define	PT_PHDR		6
#define	PF_X		1
#define	PF_W		2
#define	PF_R		4

typedef struct {
	int	a_type;
	union {
		long	a_val;
		void	*a_ptr;
	} a_un;
} Elf32_Auxinfo;

#define	AT_NULL		0
#define	AT_PHDR		3
#define	AT_PHENT	4
#define	AT_PHNUM	5
#define	AT_PAGESZ	6
#define	AT_BASE		7
#define	AT_FLAGS	8
#define	AT_ENTRY	9
#define	AT_EXECPATH	15
#define	AT_CANARY	16
#define	AT_CANARYLEN	17
#define	AT_OSRELDATE	18
#define	AT_NCPUS	19
#define	AT_PAGESIZES	20
#define	AT_PAGESIZESLEN	21
#define	AT_TIMEKEEP	22
#define	AT_STACKPROT	23
#define	AT_COUNT	24

#endif
