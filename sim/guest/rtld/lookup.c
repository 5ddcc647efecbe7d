/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finding a symbol by the SysV hash, along the list of objects: the first global definition wins,
 * a weak one only if there is no global one.
 */
#include "rtld.h"

#include <string.h>

uint32_t
elf_hash(const char *name)
{
	uint32_t hash = 0, high;

	for (; *name != '\0'; name++) {
		hash = (hash << 4) + (unsigned char)*name;
		high = hash & 0xf0000000;
		hash = (hash ^ (high >> 24)) & ~high;
	}
	return (hash);
}

/*
 * A definition is a symbol of some section.  An undefined function with a value counts too, except
 * for a PLT slot: it is the program's PLT entry, which stands for the function's address everywhere.
 */
static bool
is_definition(const Elf32_Sym *sym, bool in_plt)
{
	if (SYM_BIND(sym) == STB_LOCAL)
		return (false);
	if (sym->st_shndx != SHN_UNDEF)
		return (true);
	return (!in_plt && SYM_TYPE(sym) == STT_FUNC && sym->st_value != 0);
}

static const Elf32_Sym *
lookup_in(const object_t *obj, const char *name, uint32_t hash, bool in_plt)
{
	uint32_t index;

	if (obj->nbuckets == 0)
		return (NULL);
	for (index = obj->buckets[hash % obj->nbuckets]; index != 0 && index < obj->nchains;
	    index = obj->chains[index]) {
		const Elf32_Sym *sym = &obj->symtab[index];

		if (is_definition(sym, in_plt) && strcmp(obj->strtab + sym->st_name, name) == 0)
			return (sym);
	}
	return (NULL);
}

/* Return the definition of name and its object in *definer, or NULL; skip names an object to pass over. */
const Elf32_Sym *
symbol_lookup(const char *name, const object_t *skip, bool in_plt, object_t **definer)
{
	uint32_t hash = elf_hash(name);
	const Elf32_Sym *found = NULL;
	object_t *obj;

	for (obj = objects; obj != NULL; obj = obj->next) {
		const Elf32_Sym *sym = obj == skip ? NULL : lookup_in(obj, name, hash, in_plt);

		if (sym == NULL || (found != NULL && SYM_BIND(sym) == STB_WEAK))
			continue;
		found = sym;
		*definer = obj;
		if (SYM_BIND(sym) != STB_WEAK)
			break;
	}
	return (found);
}
