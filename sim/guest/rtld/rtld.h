/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The run-time linker's view of a loaded object, and its parts' interfaces.  The object list is
 * in load order (program first), which is also the order of symbol lookup.  No locking, no libc:
 * everything is hidden and the string functions are linked in privately.
 */
#ifndef RTLD_H
#define RTLD_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "elf.h"

#pragma GCC visibility push(hidden)

#define RTLD_PAGE 4096u
#define NEEDED_MAX 16
#define PATH_BYTES 256

typedef struct object {
	struct object *next;		/* load order */
	char path[PATH_BYTES];
	uint32_t base;			/* added to every address in the object */
	uint32_t map_base, map_bytes;
	uint32_t entry;
	const Elf32_Phdr *phdr;
	unsigned int phnum;
	const Elf32_Dyn *dynamic;

	const char *strtab;
	const Elf32_Sym *symtab;
	const uint32_t *buckets, *chains;
	uint32_t nbuckets, nchains;
	const Elf32_Rel *rel, *pltrel;
	uint32_t rel_bytes, pltrel_bytes;
	const char *soname;

	struct object *needed[NEEDED_MAX];
	unsigned int nneeded;

	void (*init)(void), (*fini)(void);
	void (**init_array)(void), (**fini_array)(void);
	uint32_t init_bytes, fini_bytes;
	bool init_done;
} object_t;

extern object_t *objects;		/* head of the list: the program */
extern const char *const *rtld_environ;

/* object.c */
object_t *object_new(const char *path);
void object_digest(object_t *obj);

/* map.c */
object_t *object_map(int fd, const char *path);

/* needed.c */
void load_needed(void);

/* lookup.c */
uint32_t elf_hash(const char *name);
const Elf32_Sym *symbol_lookup(const char *name, const object_t *skip, bool in_plt, object_t **definer);

/* reloc.c */
void relocate_object(object_t *obj);
void copy_relocations(object_t *program);

/* print.c */
void rtld_die(const char *fmt, ...) __attribute__((noreturn));

#pragma GCC visibility pop

#endif
