/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel environment the loader passed: "name=value" strings, an empty one at the end.
 *
 * Read-only, so there is no lock.  getenv_*() return 1 and set *data if the variable is there.
 */
#include <sys/systm.h>
#include <sys/kenv.h>

static const char *kern_envstrings = "";

void
kenv_init(const char *envp)
{
	kern_envstrings = envp;
}

char *
kern_getenv(const char *name)
{
	size_t len = strlen(name);
	const char *s;

	for (s = kern_envstrings; *s != '\0'; s += strlen(s) + 1)
		if (strncmp(s, name, len) == 0 && s[len] == '=')
			return (__DECONST(char *, s + len + 1));
	return (NULL);
}

/* Takes k, m and g after the number. */
int
getenv_quad(const char *name, quad_t *data)
{
	char *value = kern_getenv(name), *end;
	bool negative;
	quad_t n;

	if (value == NULL || *value == '\0')
		return (0);
	negative = *value == '-';
	n = (quad_t)strtouq(value + negative, &end, 0);
	if (end == value + negative)
		return (0);
	switch (*end | 0x20) {
	case 'g':
		n <<= 10;
		/* FALLTHROUGH */
	case 'm':
		n <<= 10;
		/* FALLTHROUGH */
	case 'k':
		n <<= 10;
	}
	*data = negative ? -n : n;
	return (1);
}

int
getenv_int(const char *name, int *data)
{
	quad_t n;

	if (!getenv_quad(name, &n))
		return (0);
	*data = (int)n;
	return (1);
}

int
getenv_ulong(const char *name, unsigned long *data)
{
	quad_t n;

	if (!getenv_quad(name, &n))
		return (0);
	*data = (unsigned long)n;
	return (1);
}

int
getenv_string(const char *name, char *data, int size)
{
	char *value = kern_getenv(name);

	if (value == NULL)
		return (0);
	strlcpy(data, value, size);
	return (1);
}
