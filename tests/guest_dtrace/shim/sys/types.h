/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The guest kernel's basic types as this host has them, so that the machine-independent part of the
 * tracing code runs here: pointers may be 64 bits wide.
 */
#ifndef SYS_TYPES_H
#define SYS_TYPES_H

#define __always_inline	__inline __attribute__((__always_inline__))
#define __DECONST(t, v)	((t)(uintptr_t)(const void *)(v))
#ifndef NULL
#define NULL		((void *)0)
#endif

typedef __INT8_TYPE__		int8_t;
typedef __UINT8_TYPE__		uint8_t;
typedef __INT16_TYPE__		int16_t;
typedef __UINT16_TYPE__		uint16_t;
typedef __INT32_TYPE__		int32_t;
typedef __UINT32_TYPE__		uint32_t;
typedef long long		int64_t;
typedef unsigned long long	uint64_t;
typedef __INTPTR_TYPE__		intptr_t;
typedef __UINTPTR_TYPE__	uintptr_t;
typedef __SIZE_TYPE__		size_t;
typedef unsigned char		u_char;
typedef unsigned short		u_short;
typedef unsigned int		u_int;
typedef unsigned long		u_long;
typedef char			*caddr_t;
typedef int32_t			register_t;
typedef int32_t			pid_t;
typedef int32_t			lwpid_t;
typedef uint32_t		uid_t;
typedef uint32_t		gid_t;

#endif
