/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The system's types as the kernel's interface fixes them: FreeBSD/arm before
 * 64-bit inode numbers, with a 64-bit time_t.
 */
#ifndef _SYS_TYPES_H_
#define _SYS_TYPES_H_

#include <stddef.h>
#include <stdint.h>

typedef int ssize_t;
typedef int64_t off_t;
typedef int64_t time_t;
typedef int64_t blkcnt_t;
typedef uint32_t blksize_t;
typedef uint32_t fflags_t;
typedef uint32_t dev_t;
typedef uint32_t ino_t;
typedef uint16_t mode_t;
typedef uint16_t nlink_t;
typedef uint32_t uid_t;
typedef uint32_t gid_t;
typedef int pid_t;
typedef long suseconds_t;
typedef int clockid_t;

typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
typedef unsigned long u_long;

#endif
