/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The run-time linker's main line: relocate itself, describe the program from the auxiliary
 * vector, load what it needs, bind every symbol (eagerly), run constructors, return the entry point.
 */
#include "rtld.h"

#include <string.h>

#pragma GCC visibility push(hidden)
extern const Elf32_Dyn _DYNAMIC[];
uint32_t rtld_main(uint32_t *stack, void (**cleanup)(void));
#pragma GCC visibility pop

object_t *objects;
const char *const *rtld_environ;

/* Add our load address to our own pointers.  Nothing before this may use one. */
static void
relocate_self(uint32_t base)
{
	const Elf32_Dyn *dyn;
	uint32_t rel = 0, bytes = 0;

	for (dyn = _DYNAMIC; dyn->d_tag != DT_NULL; dyn++) {
		if (dyn->d_tag == DT_REL)
			rel = base + dyn->d_val;
		else if (dyn->d_tag == DT_RELSZ)
			bytes = dyn->d_val;
	}
	for (; bytes >= sizeof(Elf32_Rel); rel += sizeof(Elf32_Rel), bytes -= sizeof(Elf32_Rel)) {
		const Elf32_Rel *r = (const Elf32_Rel *)rel;

		if (REL_TYPE(r) == R_ARM_RELATIVE)
			*(uint32_t *)(base + r->r_offset) += base;
	}
}

/* Collect the auxiliary vector, which follows the environment, into a table by type. */
static void
read_auxv(uint32_t *stack, uint32_t aux[AT_COUNT])
{
	uint32_t *p = stack + 1 + stack[0] + 1;
	const Elf32_Auxinfo *entry;
	int i;

	for (i = 0; i < AT_COUNT; i++)
		aux[i] = 0;
	while (*p != 0)
		p++;
	for (entry = (const Elf32_Auxinfo *)(p + 1); entry->a_type != AT_NULL; entry++)
		if (entry->a_type > 0 && entry->a_type < AT_COUNT)
			aux[entry->a_type] = entry->a_val;
}

static void
describe_program(const uint32_t aux[AT_COUNT], const char *argv0)
{
	const char *path = aux[AT_EXECPATH] != 0 ? (const char *)aux[AT_EXECPATH] : argv0;
	object_t *program = object_new(path == NULL ? "program" : path);
	unsigned int i;

	program->phdr = (const Elf32_Phdr *)aux[AT_PHDR];
	program->phnum = aux[AT_PHNUM];
	program->entry = aux[AT_ENTRY];
	for (i = 0; i < program->phnum; i++) {
		const Elf32_Phdr *ph = &program->phdr[i];

		if (ph->p_type == PT_PHDR)
			program->base = aux[AT_PHDR] - ph->p_vaddr;
		else if (ph->p_type == PT_DYNAMIC)
			program->dynamic = (const Elf32_Dyn *)(program->base + ph->p_vaddr);
	}
	if (program->dynamic == NULL)
		rtld_die("%s: not a dynamic executable", program->path);
	object_digest(program);
}

static void
call_init(object_t *obj)
{
	unsigned int i;

	if (obj->init_done)
		return;
	obj->init_done = true;
	for (i = 0; i < obj->nneeded; i++)
		call_init(obj->needed[i]);
	if (obj->init != NULL)
		obj->init();
	for (i = 0; i < obj->init_bytes / sizeof(obj->init_array[0]); i++)
		obj->init_array[i]();
}

/* The cleanup function the program's start registers: destructors, program first. */
static void
call_fini(void)
{
	object_t *obj;
	unsigned int i;

	for (obj = objects; obj != NULL; obj = obj->next) {
		for (i = obj->fini_bytes / sizeof(obj->fini_array[0]); i > 0; i--)
			obj->fini_array[i - 1]();
		if (obj->fini != NULL)
			obj->fini();
	}
}

/* Called by rtld_start with the initial stack; returns the program's entry point. */
uint32_t
rtld_main(uint32_t *stack, void (**cleanup)(void))
{
	uint32_t aux[AT_COUNT];
	object_t *obj;

	read_auxv(stack, aux);
	relocate_self(aux[AT_BASE]);
	rtld_environ = (const char *const *)(stack + 1 + stack[0] + 1);
	describe_program(aux, stack[0] > 0 ? (const char *)stack[1] : NULL);
	load_needed();
	for (obj = objects; obj != NULL; obj = obj->next)
		relocate_object(obj);
	copy_relocations(objects);
	call_init(objects);
	*cleanup = call_fini;
	return (objects->entry);
}
