/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The compiler's basic names, as every other header uses them.
 * Include sys/types.h for the system's own types.
 */
#ifndef _STDDEF_H_
#define _STDDEF_H_

typedef __SIZE_TYPE__ size_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;
#ifndef __cplusplus
typedef __WCHAR_TYPE__ wchar_t;
#endif

#define NULL ((void *)0)
#define offsetof(type, field) __builtin_offsetof(type, field)

#endif
