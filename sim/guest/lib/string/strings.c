/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The string functions, byte by byte.  The block functions memcpy, memmove and memset are assembly
 * in lib/arm.  Shared between libc and rtld: nothing here allocates or sets errno.
 */
#include <string.h>

void *
memchr(const void *block, int c, size_t n)
{
	const unsigned char *p = block;

	for (; n > 0; n--, p++)
		if (*p == (unsigned char)c)
			return ((void *)p);
	return (NULL);
}

int
memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *p = a, *q = b;

	for (; n > 0; n--, p++, q++)
		if (*p != *q)
			return (*p - *q);
	return (0);
}

size_t
strlen(const char *s)
{
	const char *p = s;

	while (*p != '\0')
		p++;
	return (p - s);
}

size_t
strnlen(const char *s, size_t limit)
{
	size_t n = 0;

	while (n < limit && s[n] != '\0')
		n++;
	return (n);
}

int
strcmp(const char *a, const char *b)
{
	while (*a != '\0' && *a == *b)
		a++, b++;
	return ((unsigned char)*a - (unsigned char)*b);
}

int
strncmp(const char *a, const char *b, size_t n)
{
	for (; n > 0; n--, a++, b++)
		if (*a != *b || *a == '\0')
			return ((unsigned char)*a - (unsigned char)*b);
	return (0);
}

char *
strchr(const char *s, int c)
{
	for (;; s++) {
		if (*s == (char)c)
			return ((char *)s);
		if (*s == '\0')
			return (NULL);
	}
}

char *
strrchr(const char *s, int c)
{
	const char *found = NULL;

	for (;; s++) {
		if (*s == (char)c)
			found = s;
		if (*s == '\0')
			return ((char *)found);
	}
}

char *
strstr(const char *s, const char *wanted)
{
	size_t n = strlen(wanted);

	for (; n != 0 && strncmp(s, wanted, n) != 0; s++)
		if (*s == '\0')
			return (NULL);
	return ((char *)s);
}

char *
strcpy(char *restrict to, const char *restrict from)
{
	char *p = to;

	while ((*p++ = *from++) != '\0')
		;
	return (to);
}

char *
strcat(char *restrict to, const char *restrict from)
{
	strcpy(to + strlen(to), from);
	return (to);
}

size_t
strlcpy(char *restrict to, const char *restrict from, size_t size)
{
	size_t length = strlen(from);

	if (size > 0) {
		size_t n = length < size - 1 ? length : size - 1;

		memcpy(to, from, n);
		to[n] = '\0';
	}
	return (length);
}

size_t
strlcat(char *restrict to, const char *restrict from, size_t size)
{
	size_t used = strnlen(to, size);

	return (used + strlcpy(to + used, from, size - used));
}
