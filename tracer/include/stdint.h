/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The limits of the integers of given sizes, for scripts under dtrace -C; D has the types.
 */
#ifndef _STDINT_H_
#define _STDINT_H_

#define INT8_MAX	127
#define INT8_MIN	(-128)
#define UINT8_MAX	255
#define INT16_MAX	32767
#define INT16_MIN	(-32768)
#define UINT16_MAX	65535
#define INT32_MAX	2147483647
#define INT32_MIN	(-INT32_MAX - 1)
#define UINT32_MAX	4294967295u
#define INT64_MAX	9223372036854775807LL
#define INT64_MIN	(-INT64_MAX - 1)
#define UINT64_MAX	18446744073709551615ull
#define UINTPTR_MAX	UINT32_MAX
#define SIZE_MAX	UINT32_MAX

#endif
