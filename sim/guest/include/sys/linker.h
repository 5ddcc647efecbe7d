/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel linker: the list of files the kernel is made of, and finding symbols in them.
 *
 * There are two files, in this order: "kernel" (the loader's tables) and "dtrace.ko" (the
 * tracing module, linked in but kept in an address range and symbol table of its own).
 * linker_files is guarded by kld_sx; linker_file_foreach() takes it exclusively.
 */
#ifndef SYS_LINKER_H
#define SYS_LINKER_H

#include <sys/types.h>
#include <sys/queue.h>

struct linker_file;
typedef struct linker_file *linker_file_t;
typedef const void *c_linker_sym_t;

struct linker_symval {
	const char	*name;
	caddr_t		value;
	size_t		size;
};
typedef struct linker_symval linker_symval_t;

/* What a linker class can do with its files; reached through the file, as a kobj method is. */
struct linker_class {
	const char	*name;
	int	(*lookup_symbol)(linker_file_t, const char *, c_linker_sym_t *);
	int	(*symbol_values)(linker_file_t, c_linker_sym_t, linker_symval_t *);
	int	(*search_symbol)(linker_file_t, caddr_t, c_linker_sym_t *, long *);
};

struct linker_file {
	TAILQ_ENTRY(linker_file) link;
	const struct linker_class *ops;
	const char	*filename;
	caddr_t		address;	/* load address */
	size_t		size;
	uintptr_t	exidx_addr;	/* unwind table, recorded at load (the later fix) */
	size_t		exidx_size;
};
TAILQ_HEAD(linker_file_list, linker_file);

typedef int	linker_predicate_t(linker_file_t, void *);

#define LINKER_LOOKUP_SYMBOL(lf, name, sym)	((lf)->ops->lookup_symbol((lf), (name), (sym)))
#define LINKER_SYMBOL_VALUES(lf, sym, val)	((lf)->ops->symbol_values((lf), (sym), (val)))
#define LINKER_SEARCH_SYMBOL(lf, addr, sym, off) ((lf)->ops->search_symbol((lf), (addr), (sym), (off)))

extern struct linker_file_list linker_files;
extern struct sx kld_sx;

void	linker_init(void);
void	linker_add_file(linker_file_t lf);
int	linker_file_foreach(linker_predicate_t *predicate, void *context);
int	linker_busy(void);
int	linker_search_symbol_name(caddr_t value, char *buf, u_int buflen, long *offset);

/* kern/link_elf.c */
int	link_elf_lookup_symbol(linker_file_t lf, const char *name, c_linker_sym_t *sym);
int	link_elf_symbol_values(linker_file_t lf, c_linker_sym_t sym, linker_symval_t *val);
int	link_elf_search_symbol(linker_file_t lf, caddr_t value, c_linker_sym_t *sym, long *diffp);
void	link_elf_init(void);
/* Calls fn for every symbol that is a function inside the kernel's text; stops at a nonzero answer. */
int	link_elf_each_function(linker_file_t lf, int (*fn)(const linker_symval_t *, void *), void *arg);

#endif
