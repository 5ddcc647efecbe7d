/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loading what objects need, breadth first: a name with a slash is a path, any other is looked for
 * along LD_LIBRARY_PATH and then in /lib and /usr/lib.  An object is loaded once.
 */
#include "rtld.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_PATH "/lib:/usr/lib"

static const char *
environment(const char *name)
{
	size_t length = strlen(name);
	const char *const *p;

	for (p = rtld_environ; *p != NULL; p++)
		if (strncmp(*p, name, length) == 0 && (*p)[length] == '=')
			return (*p + length + 1);
	return (NULL);
}

/* Open name in one of the folders of a colon-separated list; its path goes to found. */
static int
search(const char *folders, const char *name, char *found)
{
	while (folders != NULL && *folders != '\0') {
		const char *colon = strchr(folders, ':');
		size_t length = colon == NULL ? strlen(folders) : (size_t)(colon - folders);
		int fd;

		if (length > 0 && length + strlen(name) + 2 <= PATH_BYTES) {
			memcpy(found, folders, length);
			found[length] = '/';
			strlcpy(found + length + 1, name, PATH_BYTES - length - 1);
			fd = open(found, O_RDONLY | O_CLOEXEC);
			if (fd != -1)
				return (fd);
		}
		folders = colon == NULL ? NULL : colon + 1;
	}
	return (-1);
}

static int
open_library(const char *name, char *found)
{
	const char *folders;
	int fd;

	if (strchr(name, '/') != NULL) {
		strlcpy(found, name, PATH_BYTES);
		return (open(name, O_RDONLY | O_CLOEXEC));
	}
	folders = issetugid() ? NULL : environment("LD_LIBRARY_PATH");
	fd = search(folders, name, found);
	return (fd != -1 ? fd : search(DEFAULT_PATH, name, found));
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return (slash == NULL ? path : slash + 1);
}

static object_t *
loaded_object(const char *name)
{
	object_t *obj;

	for (obj = objects->next; obj != NULL; obj = obj->next)
		if ((obj->soname != NULL && strcmp(obj->soname, name) == 0) || strcmp(obj->path, name) == 0)
			return (obj);
	return (NULL);
}

static object_t *
load_object(const char *name, const object_t *by)
{
	object_t *obj = loaded_object(name);
	char path[PATH_BYTES];
	int fd;

	if (obj != NULL)
		return (obj);
	fd = open_library(name, path);
	if (fd == -1)
		rtld_die("Shared object \"%s\" not found, required by \"%s\"", name, base_name(by->path));
	obj = object_map(fd, path);
	close(fd);
	return (obj);
}

/* Load the needs of every object in the list; those loaded join its end and are visited too. */
void
load_needed(void)
{
	const Elf32_Dyn *dyn;
	object_t *obj;

	for (obj = objects; obj != NULL; obj = obj->next) {
		for (dyn = obj->dynamic; dyn->d_tag != DT_NULL; dyn++) {
			if (dyn->d_tag != DT_NEEDED)
				continue;
			if (obj->nneeded == NEEDED_MAX)
				rtld_die("%s: needs more than %d objects", obj->path, NEEDED_MAX);
			obj->needed[obj->nneeded++] = load_object(obj->strtab + dyn->d_val, obj);
		}
	}
}
