/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compiler shorthands used by every kernel header.
 *
 * Nothing here defines a type or a function.
 */
#ifndef SYS_CDEFS_H
#define SYS_CDEFS_H

#define __packed		__attribute__((__packed__))
#define __aligned(x)		__attribute__((__aligned__(x)))
#define __section(x)		__attribute__((__section__(x)))
#define __used			__attribute__((__used__))
#define __unused		__attribute__((__unused__))
#define __weak			__attribute__((__weak__))
#define __dead2			__attribute__((__noreturn__))
#define __pure2			__attribute__((__const__))
#define __printflike(f, a)	__attribute__((__format__(__printf__, f, a)))
/* The only inlining of the kernel: single instructions and field reads that are no functions. */
#define __always_inline		__inline __attribute__((__always_inline__))
#define __predict_true(x)	__builtin_expect((x), 1)
#define __predict_false(x)	__builtin_expect((x), 0)
#define __compiler_membar()	__asm __volatile("" ::: "memory")

#define __CONCAT1(x, y)		x##y
#define __CONCAT(x, y)		__CONCAT1(x, y)
#define __STRING(x)		#x
#define __XSTRING(x)		__STRING(x)
#define __offsetof(t, f)	__builtin_offsetof(t, f)
#define __containerof(p, t, f)	((t *)(void *)((char *)(p) - __offsetof(t, f)))
#define __DECONST(t, v)		((t)(uintptr_t)(const void *)(v))

#ifndef NULL
#define NULL			((void *)0)
#endif
#define offsetof(t, f)		__offsetof(t, f)
#define _Static_assert_size(t, n) _Static_assert(sizeof(t) == (n), "size of " #t)

#endif
