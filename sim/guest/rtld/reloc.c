/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The relocations of 32-bit ARM.  Data and PLT slots are all bound before the program starts.
 * Copy relocations, which move a library's variable into the program, come last, when the
 * library's initial values are final.
 */
#include "rtld.h"

#include <string.h>

/* Return the run-time address of the symbol a relocation names; 0 for a weak one that is undefined. */
static uint32_t
symbol_address(const object_t *obj, const Elf32_Rel *rel)
{
	const Elf32_Sym *sym = &obj->symtab[REL_SYM(rel)], *found;
	const char *name = obj->strtab + sym->st_name;
	object_t *definer;

	if (SYM_BIND(sym) == STB_LOCAL)
		return (obj->base + sym->st_value);
	found = symbol_lookup(name, NULL, REL_TYPE(rel) == R_ARM_JUMP_SLOT, &definer);
	if (found != NULL)
		return (definer->base + found->st_value);
	if (SYM_BIND(sym) != STB_WEAK)
		rtld_die("%s: Undefined symbol \"%s\"", obj->path, name);
	return (0);
}

static void
relocate_one(const object_t *obj, const Elf32_Rel *rel)
{
	uint32_t *where = (uint32_t *)(obj->base + rel->r_offset);

	switch (REL_TYPE(rel)) {
	case R_ARM_NONE:
	case R_ARM_COPY:
		break;
	case R_ARM_RELATIVE:
		*where += obj->base;
		break;
	case R_ARM_ABS32:
		*where += symbol_address(obj, rel);
		break;
	case R_ARM_GLOB_DAT:
	case R_ARM_JUMP_SLOT:
		*where = symbol_address(obj, rel);
		break;
	default:
		rtld_die("%s: Unsupported relocation type %d", obj->path, REL_TYPE(rel));
	}
}

/* Apply all relocations of an object but the copies. */
void
relocate_object(object_t *obj)
{
	uint32_t i;

	for (i = 0; i < obj->rel_bytes / sizeof(Elf32_Rel); i++)
		relocate_one(obj, &obj->rel[i]);
	for (i = 0; i < obj->pltrel_bytes / sizeof(Elf32_Rel); i++)
		relocate_one(obj, &obj->pltrel[i]);
}

/* Copy the initial values of library variables that live in the program. */
void
copy_relocations(object_t *program)
{
	uint32_t i;

	for (i = 0; i < program->rel_bytes / sizeof(Elf32_Rel); i++) {
		const Elf32_Rel *rel = &program->rel[i];
		const Elf32_Sym *sym = &program->symtab[REL_SYM(rel)], *found;
		const char *name = program->strtab + sym->st_name;
		object_t *definer;

		if (REL_TYPE(rel) != R_ARM_COPY)
			continue;
		found = symbol_lookup(name, program, false, &definer);
		if (found == NULL)
			rtld_die("%s: Undefined symbol \"%s\"", program->path, name);
		memcpy((void *)(program->base + rel->r_offset), (const void *)(definer->base + found->st_value),
		    sym->st_size < found->st_size ? sym->st_size : found->st_size);
	}
}
