/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the loader hands the kernel: r2 holds the physical address of a struct bootinfo.
 * All addresses in it are physical.  The symbol tables are the loader's: the kernel's own
 * symbols, padded to the number a full-size kernel has (machine option kernel.symbols).
 */
#ifndef ABI_BOOTINFO_H
#define ABI_BOOTINFO_H

#define BOOTINFO_MAGIC		0x464e4942	/* "BINF" */

struct bootinfo {
	unsigned int	bi_magic;
	unsigned int	bi_size;	/* sizeof(struct bootinfo) */
	unsigned int	bi_ram;		/* start of RAM */
	unsigned int	bi_ram_bytes;	/* without the mailbox */
	unsigned int	bi_free;	/* first byte not used by kernel, tables, root image */
	unsigned int	bi_envp;	/* kenv strings, ended by an empty one */
	unsigned int	bi_root;	/* root image, page aligned */
	unsigned int	bi_root_bytes;
	unsigned int	bi_symtab;	/* Elf32_Sym[]: all symbols, real ones and padding */
	unsigned int	bi_symtab_count;
	unsigned int	bi_strtab;
	unsigned int	bi_strtab_bytes;
	unsigned int	bi_dynsym;	/* Elf32_Sym[]: the real global symbols only */
	unsigned int	bi_dynsym_count;
	unsigned int	bi_dynstr;
	unsigned int	bi_dynstr_bytes;
	unsigned int	bi_hash;	/* SysV ELF hash over dynsym: nbucket, nchain, buckets, chains */
	unsigned int	bi_hash_bytes;
	unsigned int	bi_mailbox;	/* top of RAM, reserved for pvctl */
	unsigned int	bi_mailbox_bytes;
};

#endif
