/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Integers of known width on ILP32 ARM.
 * Also the limits that number parsing needs.
 */
#ifndef _STDINT_H_
#define _STDINT_H_

typedef signed char int8_t;
typedef short int16_t;
typedef int int32_t;
typedef long long int64_t;
typedef unsigned char uint8_t;
typedef unsigned short uint16_t;
typedef unsigned int uint32_t;
typedef unsigned long long uint64_t;
typedef int intptr_t;
typedef unsigned int uintptr_t;
typedef long long intmax_t;
typedef unsigned long long uintmax_t;

#define INT32_MAX 0x7fffffff
#define UINT32_MAX 0xffffffffU
#define INT64_MAX 0x7fffffffffffffffLL
#define UINT64_MAX 0xffffffffffffffffULL
#define INTMAX_MAX INT64_MAX
#define INTMAX_MIN (-INT64_MAX - 1)
#define UINTMAX_MAX UINT64_MAX
#define SIZE_MAX UINT32_MAX

#endif
