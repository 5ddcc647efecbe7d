/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages of the form `program: text: reason` on standard error.
 * The x variants leave the reason out.
 */
#ifndef _ERR_H_
#define _ERR_H_

#include <stdarg.h>

void err(int, const char *, ...) __attribute__((noreturn, format(printf, 2, 3)));
void errx(int, const char *, ...) __attribute__((noreturn, format(printf, 2, 3)));
void verr(int, const char *, va_list) __attribute__((noreturn, format(printf, 2, 0)));
void verrx(int, const char *, va_list) __attribute__((noreturn, format(printf, 2, 0)));
void vwarn(const char *, va_list) __attribute__((format(printf, 1, 0)));
void vwarnx(const char *, va_list) __attribute__((format(printf, 1, 0)));
void warn(const char *, ...) __attribute__((format(printf, 1, 2)));
void warnx(const char *, ...) __attribute__((format(printf, 1, 2)));

#endif
