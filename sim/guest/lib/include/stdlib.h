/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory, numbers, sorting, the environment and the end of the program.
 * malloc's switch is MALLOC_CONF or _malloc_options: see lib/stdlib/malloc.c.
 */
#ifndef _STDLIB_H_
#define _STDLIB_H_

#include <stddef.h>
#include <stdint.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1

extern const char *_malloc_options;

void abort(void) __attribute__((noreturn));
int atexit(void (*)(void));
int atoi(const char *);
void *bsearch(const void *, const void *, size_t, size_t, int (*)(const void *, const void *));
void *calloc(size_t, size_t);
void exit(int) __attribute__((noreturn));
void free(void *);
char *getenv(const char *);
const char *getprogname(void);
void *malloc(size_t);
void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
void *realloc(void *, size_t);
int setenv(const char *, const char *, int);
void setprogname(const char *);
long strtol(const char *restrict, char **restrict, int);
long long strtoll(const char *restrict, char **restrict, int);
unsigned long strtoul(const char *restrict, char **restrict, int);
unsigned long long strtoull(const char *restrict, char **restrict, int);
uintmax_t strtoumax(const char *restrict, char **restrict, int);
int unsetenv(const char *);

#endif
