/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Buffered files and the printf family (integers, characters, strings, pointers; no floating point).
 * Standard error is unbuffered, a terminal is line buffered, the rest are flushed when full.
 */
#ifndef _STDIO_H_
#define _STDIO_H_

#include <stdarg.h>
#include <stddef.h>
#include <sys/types.h>

#define EOF (-1)
#define BUFSIZ 1024

typedef struct __sFILE FILE;

extern FILE *stdin, *stdout, *stderr;

int fclose(FILE *);
int feof(FILE *);
int ferror(FILE *);
int fflush(FILE *);
int fgetc(FILE *);
char *fgets(char *restrict, int, FILE *restrict);
int fileno(FILE *);
FILE *fopen(const char *restrict, const char *restrict);
int fprintf(FILE *restrict, const char *restrict, ...) __attribute__((format(printf, 2, 3)));
int fputc(int, FILE *);
int fputs(const char *restrict, FILE *restrict);
size_t fread(void *restrict, size_t, size_t, FILE *restrict);
size_t fwrite(const void *restrict, size_t, size_t, FILE *restrict);
int getchar(void);
void perror(const char *);
int printf(const char *restrict, ...) __attribute__((format(printf, 1, 2)));
int putchar(int);
int puts(const char *);
int snprintf(char *restrict, size_t, const char *restrict, ...) __attribute__((format(printf, 3, 4)));
int sprintf(char *restrict, const char *restrict, ...) __attribute__((format(printf, 2, 3)));
int vfprintf(FILE *restrict, const char *restrict, va_list) __attribute__((format(printf, 2, 0)));
int vprintf(const char *restrict, va_list) __attribute__((format(printf, 1, 0)));
int vsnprintf(char *restrict, size_t, const char *restrict, va_list) __attribute__((format(printf, 3, 0)));

#endif
