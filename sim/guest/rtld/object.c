/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of loaded objects, and reading an object's dynamic section into its description.
 * The table is fixed: a program here needs a handful of libraries.
 */
#include "rtld.h"

#include <string.h>

#define OBJECTS_MAX 24

static object_t table[OBJECTS_MAX];
static unsigned int nobjects;

/* Return a new object at the end of the list. */
object_t *
object_new(const char *path)
{
	object_t **link, *obj;

	if (nobjects == OBJECTS_MAX)
		rtld_die("%s: too many shared objects (more than %d)", path, OBJECTS_MAX);
	obj = &table[nobjects++];
	strlcpy(obj->path, path, sizeof(obj->path));
	for (link = &objects; *link != NULL; link = &(*link)->next)
		;
	*link = obj;
	return (obj);
}

static void
digest_hash(object_t *obj, const uint32_t *hash)
{
	obj->nbuckets = hash[0];
	obj->nchains = hash[1];
	obj->buckets = hash + 2;
	obj->chains = hash + 2 + hash[0];
}

static void
digest_init(object_t *obj, const Elf32_Dyn *dyn)
{
	uint32_t address = obj->base + dyn->d_val;

	switch (dyn->d_tag) {
	case DT_INIT:
		obj->init = (void (*)(void))address;
		break;
	case DT_FINI:
		obj->fini = (void (*)(void))address;
		break;
	case DT_INIT_ARRAY:
		obj->init_array = (void (**)(void))address;
		break;
	case DT_INIT_ARRAYSZ:
		obj->init_bytes = dyn->d_val;
		break;
	case DT_FINI_ARRAY:
		obj->fini_array = (void (**)(void))address;
		break;
	case DT_FINI_ARRAYSZ:
		obj->fini_bytes = dyn->d_val;
		break;
	}
}

static void
digest_entry(object_t *obj, const Elf32_Dyn *dyn, uint32_t *soname)
{
	uint32_t address = obj->base + dyn->d_val;

	switch (dyn->d_tag) {
	case DT_HASH:
		digest_hash(obj, (const uint32_t *)address);
		break;
	case DT_STRTAB:
		obj->strtab = (const char *)address;
		break;
	case DT_SYMTAB:
		obj->symtab = (const Elf32_Sym *)address;
		break;
	case DT_REL:
		obj->rel = (const Elf32_Rel *)address;
		break;
	case DT_RELSZ:
		obj->rel_bytes = dyn->d_val;
		break;
	case DT_JMPREL:
		obj->pltrel = (const Elf32_Rel *)address;
		break;
	case DT_PLTRELSZ:
		obj->pltrel_bytes = dyn->d_val;
		break;
	case DT_SONAME:
		*soname = dyn->d_val;
		break;
	default:
		digest_init(obj, dyn);
	}
}

/* Fill the description from obj->dynamic. */
void
object_digest(object_t *obj)
{
	const Elf32_Dyn *dyn;
	uint32_t soname = 0;

	for (dyn = obj->dynamic; dyn->d_tag != DT_NULL; dyn++)
		digest_entry(obj, dyn, &soname);
	if (obj->strtab == NULL || obj->symtab == NULL || obj->buckets == NULL)
		rtld_die("%s: no symbol, string or hash table", obj->path);
	obj->soname = soname == 0 ? NULL : obj->strtab + soname;
}
