/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The environment: crt1 points environ at the kernel's strings; setenv() and unsetenv() work on
 * a copy of the vector, made at their first use.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char **environ;
static char **owned;	/* the vector we may free, when environ points to it */

static char **
environ_find(const char *name, size_t length)
{
	char **p;

	for (p = environ; p != NULL && *p != NULL; p++)
		if (strncmp(*p, name, length) == 0 && (*p)[length] == '=')
			return (p);
	return (NULL);
}

char *
getenv(const char *name)
{
	size_t length = strlen(name);
	char **p = environ_find(name, length);

	return (p == NULL ? NULL : *p + length + 1);
}

static int
environ_append(char *entry)
{
	size_t n = 0;
	char **copy;

	while (environ != NULL && environ[n] != NULL)
		n++;
	copy = malloc((n + 2) * sizeof(*copy));
	if (copy == NULL)
		return (-1);
	memcpy(copy, environ, n * sizeof(*copy));
	copy[n] = entry;
	copy[n + 1] = NULL;
	if (environ == owned)
		free(owned);
	environ = owned = copy;
	return (0);
}

/* Set a variable; an old value is kept unless overwrite is set.  Old strings are not freed. */
int
setenv(const char *name, const char *value, int overwrite)
{
	size_t length = strlen(name), size = length + strlen(value) + 2;
	char **old, *entry;

	if (length == 0 || strchr(name, '=') != NULL) {
		errno = EINVAL;
		return (-1);
	}
	old = environ_find(name, length);
	if (old != NULL && !overwrite)
		return (0);
	entry = malloc(size);
	if (entry == NULL)
		return (-1);
	strlcpy(entry, name, size);
	strlcat(entry, "=", size);
	strlcat(entry, value, size);
	if (old == NULL)
		return (environ_append(entry));
	*old = entry;
	return (0);
}

int
unsetenv(const char *name)
{
	char **p = environ_find(name, strlen(name));

	for (; p != NULL && *p != NULL; p++)
		*p = p[1];
	return (0);
}
