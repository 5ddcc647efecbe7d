/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Variable arguments, by the compiler's builtins.
 */
#ifndef MACHINE_STDARG_H
#define MACHINE_STDARG_H

typedef __builtin_va_list	__va_list;
typedef __va_list		va_list;
#define va_start(ap, last)	__builtin_va_start((ap), last)
#define va_arg(ap, type)	__builtin_va_arg((ap), type)
#define va_copy(dst, src)	__builtin_va_copy((dst), (src))
#define va_end(ap)		__builtin_va_end(ap)

#endif
