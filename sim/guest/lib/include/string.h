/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Strings and blocks of bytes.
 * The block functions are assembly in lib/arm.
 */
#ifndef _STRING_H_
#define _STRING_H_

#include <stddef.h>

void *memchr(const void *, int, size_t);
int memcmp(const void *, const void *, size_t);
void *memcpy(void *restrict, const void *restrict, size_t);
void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t);
char *strcat(char *restrict, const char *restrict);
char *strchr(const char *, int);
int strcmp(const char *, const char *);
char *strcpy(char *restrict, const char *restrict);
char *strdup(const char *);
char *strerror(int);
size_t strlcat(char *restrict, const char *restrict, size_t);
size_t strlcpy(char *restrict, const char *restrict, size_t);
size_t strlen(const char *);
int strncmp(const char *, const char *, size_t);
size_t strnlen(const char *, size_t);
char *strrchr(const char *, int);
char *strstr(const char *, const char *);

#endif
