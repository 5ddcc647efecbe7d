/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * String and number helpers of the kernel.  Copying (bcopy, memcpy, copyin…) is in sys/systm.h.
 */
#ifndef SYS_LIBKERN_H
#define SYS_LIBKERN_H

#include <sys/types.h>

size_t	strlen(const char *s);
size_t	strnlen(const char *s, size_t maxlen);
int	strcmp(const char *a, const char *b);
int	strncmp(const char *a, const char *b, size_t n);
char	*strchr(const char *s, int c);
char	*strrchr(const char *s, int c);
char	*strstr(const char *s, const char *find);
size_t	strlcpy(char *dst, const char *src, size_t size);
size_t	strlcat(char *dst, const char *src, size_t size);
char	*strcpy(char *dst, const char *src);
char	*strncpy(char *dst, const char *src, size_t n);
int	memcmp(const void *a, const void *b, size_t n);
int	bcmp(const void *a, const void *b, size_t n);
unsigned long strtoul(const char *s, char **end, int base);
long	strtol(const char *s, char **end, int base);
uint64_t strtouq(const char *s, char **end, int base);
int	ffs(int mask);
int	fls(int mask);

#define min(a, b)	MIN((u_int)(a), (u_int)(b))
#define max(a, b)	MAX((u_int)(a), (u_int)(b))
#define imin(a, b)	MIN((int)(a), (int)(b))
#define imax(a, b)	MAX((int)(a), (int)(b))
#define ulmin(a, b)	MIN((u_long)(a), (u_long)(b))

#endif
