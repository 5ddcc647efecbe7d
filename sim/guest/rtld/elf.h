/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The 32-bit ELF structures and numbers that a run-time linker reads, and the auxiliary vector.
 * Names and values are those of the ELF and ARM supplements; the vector's are FreeBSD's.
 */
#ifndef RTLD_ELF_H
#define RTLD_ELF_H

#include <stdint.h>

typedef struct {
	unsigned char e_ident[16];
	uint16_t e_type, e_machine;
	uint32_t e_version, e_entry, e_phoff, e_shoff, e_flags;
	uint16_t e_ehsize, e_phentsize, e_phnum, e_shentsize, e_shnum, e_shstrndx;
} Elf32_Ehdr;

typedef struct {
	uint32_t p_type, p_offset, p_vaddr, p_paddr, p_filesz, p_memsz, p_flags, p_align;
} Elf32_Phdr;

typedef struct {
	uint32_t st_name, st_value, st_size;
	uint8_t st_info, st_other;
	uint16_t st_shndx;
} Elf32_Sym;

typedef struct {
	uint32_t r_offset, r_info;
} Elf32_Rel;

typedef struct {
	int32_t d_tag;
	uint32_t d_val;
} Elf32_Dyn;

typedef struct {
	int32_t a_type;
	uint32_t a_val;
} Elf32_Auxinfo;

#define ET_DYN 3
#define EM_ARM 40
#define PT_LOAD 1
#define PT_DYNAMIC 2
#define PT_PHDR 6
#define PF_X 1
#define PF_W 2
#define PF_R 4

#define SHN_UNDEF 0
#define STB_LOCAL 0
#define STB_GLOBAL 1
#define STB_WEAK 2
#define STT_FUNC 2
#define SYM_BIND(sym) ((sym)->st_info >> 4)
#define SYM_TYPE(sym) ((sym)->st_info & 0xf)

#define REL_SYM(rel) ((rel)->r_info >> 8)
#define REL_TYPE(rel) ((rel)->r_info & 0xff)
#define R_ARM_NONE 0
#define R_ARM_ABS32 2
#define R_ARM_COPY 20
#define R_ARM_GLOB_DAT 21
#define R_ARM_JUMP_SLOT 22
#define R_ARM_RELATIVE 23

#define DT_NULL 0
#define DT_NEEDED 1
#define DT_PLTRELSZ 2
#define DT_HASH 4
#define DT_STRTAB 5
#define DT_SYMTAB 6
#define DT_INIT 12
#define DT_FINI 13
#define DT_SONAME 14
#define DT_REL 17
#define DT_RELSZ 18
#define DT_DEBUG 21
#define DT_JMPREL 23
#define DT_INIT_ARRAY 25
#define DT_FINI_ARRAY 26
#define DT_INIT_ARRAYSZ 27
#define DT_FINI_ARRAYSZ 28

#define AT_NULL 0
#define AT_PHDR 3
#define AT_PHENT 4
#define AT_PHNUM 5
#define AT_PAGESZ 6
#define AT_BASE 7
#define AT_ENTRY 9
#define AT_EXECPATH 15
#define AT_COUNT 32

#endif
