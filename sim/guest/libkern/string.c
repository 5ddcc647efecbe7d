/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Strings and memory comparison, as the C library has them.  No locking: they touch only their arguments.
 */
#include <sys/types.h>
#include <sys/libkern.h>

size_t
strlen(const char *s)
{
	const char *p = s;

	while (*p != '\0')
		p++;
	return (p - s);
}

size_t
strnlen(const char *s, size_t maxlen)
{
	size_t n = 0;

	while (n < maxlen && s[n] != '\0')
		n++;
	return (n);
}

int
strcmp(const char *a, const char *b)
{
	while (*a == *b && *a != '\0') {
		a++;
		b++;
	}
	return (*(const u_char *)a - *(const u_char *)b);
}

int
strncmp(const char *a, const char *b, size_t n)
{
	while (n > 0 && *a == *b && *a != '\0') {
		a++;
		b++;
		n--;
	}
	return (n == 0 ? 0 : *(const u_char *)a - *(const u_char *)b);
}

/* Returns the first c in s, or NULL; c may be NUL. */
char *
strchr(const char *s, int c)
{
	for (;; s++) {
		if (*s == (char)c)
			return (__DECONST(char *, s));
		if (*s == '\0')
			return (NULL);
	}
}

char *
strrchr(const char *s, int c)
{
	const char *last = NULL;

	for (;; s++) {
		if (*s == (char)c)
			last = s;
		if (*s == '\0')
			return (__DECONST(char *, last));
	}
}

char *
strstr(const char *s, const char *find)
{
	size_t n = strlen(find);

	for (;; s++) {
		if (strncmp(s, find, n) == 0)
			return (__DECONST(char *, s));
		if (*s == '\0')
			return (NULL);
	}
}

/* Copies at most size - 1 characters and always ends dst; returns the length of src. */
size_t
strlcpy(char *dst, const char *src, size_t size)
{
	size_t i;

	for (i = 0; i + 1 < size && src[i] != '\0'; i++)
		dst[i] = src[i];
	if (size > 0)
		dst[i] = '\0';
	return (i + strlen(src + i));
}

size_t
strlcat(char *dst, const char *src, size_t size)
{
	size_t n = strnlen(dst, size);

	if (n == size)
		return (n + strlen(src));
	return (n + strlcpy(dst + n, src, size - n));
}

char *
strcpy(char *dst, const char *src)
{
	char *d = dst;

	while ((*d++ = *src++) != '\0')
		continue;
	return (dst);
}

char *
strncpy(char *dst, const char *src, size_t n)
{
	size_t i;

	for (i = 0; i < n && src[i] != '\0'; i++)
		dst[i] = src[i];
	for (; i < n; i++)
		dst[i] = '\0';
	return (dst);
}

int
memcmp(const void *a, const void *b, size_t n)
{
	const u_char *p = a, *q = b;

	for (; n > 0; n--, p++, q++)
		if (*p != *q)
			return (*p - *q);
	return (0);
}

int
bcmp(const void *a, const void *b, size_t n)
{
	return (memcmp(a, b, n));
}
