/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Limits of the basic types and of the system.
 * Values are those of ILP32 ARM, where char is unsigned.
 */
#ifndef _LIMITS_H_
#define _LIMITS_H_

#define CHAR_BIT 8
#define CHAR_MAX 255
#define SCHAR_MAX 127
#define UCHAR_MAX 255
#define INT_MAX 0x7fffffff
#define INT_MIN (-INT_MAX - 1)
#define UINT_MAX 0xffffffffU
#define LONG_MAX 0x7fffffffL
#define LONG_MIN (-LONG_MAX - 1)
#define ULONG_MAX 0xffffffffUL
#define LLONG_MAX 0x7fffffffffffffffLL
#define LLONG_MIN (-LLONG_MAX - 1)
#define ULLONG_MAX 0xffffffffffffffffULL
#define SSIZE_MAX INT_MAX
#define PATH_MAX 1024
#define ARG_MAX 262144

#endif
