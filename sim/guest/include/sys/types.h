/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The basic types of the kernel, sized as on FreeBSD/arm: 32-bit long, 64-bit off_t and time_t.
 */
#ifndef SYS_TYPES_H
#define SYS_TYPES_H

#include <sys/cdefs.h>

typedef signed char		int8_t;
typedef unsigned char		uint8_t;
typedef short			int16_t;
typedef unsigned short		uint16_t;
typedef int			int32_t;
typedef unsigned int		uint32_t;
typedef long long		int64_t;
typedef unsigned long long	uint64_t;
typedef long long		intmax_t;
typedef unsigned long long	uintmax_t;
typedef int			intptr_t;
typedef unsigned int		uintptr_t;
typedef int			ptrdiff_t;
typedef unsigned int		size_t;
typedef int			ssize_t;

typedef unsigned char		u_char;
typedef unsigned short		u_short;
typedef unsigned int		u_int;
typedef unsigned long		u_long;
typedef uint8_t			u_int8_t;
typedef uint16_t		u_int16_t;
typedef uint32_t		u_int32_t;
typedef uint64_t		u_int64_t;
typedef int64_t			quad_t;
typedef uint64_t		u_quad_t;
typedef char			*caddr_t;
typedef const char		*c_caddr_t;

typedef int32_t			register_t;
typedef uint32_t		u_register_t;
typedef int			boolean_t;
typedef _Bool			bool;
#define true			1
#define false			0
#ifndef TRUE
#define TRUE			1
#define FALSE			0
#endif

typedef uint32_t		dev_t;
typedef uint32_t		ino_t;
typedef uint16_t		mode_t;
typedef uint16_t		nlink_t;
typedef int64_t			off_t;
typedef int64_t			daddr_t;
typedef int64_t			blkcnt_t;
typedef int32_t			blksize_t;
typedef uint32_t		fflags_t;
typedef int32_t			pid_t;
typedef int32_t			lwpid_t;
typedef uint32_t		uid_t;
typedef uint32_t		gid_t;
typedef int64_t			id_t;
typedef int64_t			time_t;
typedef long			suseconds_t;
typedef uint32_t		useconds_t;
typedef int32_t			clockid_t;
typedef int64_t			rlim_t;
typedef int64_t			sbintime_t;
typedef uint32_t		fixpt_t;
typedef int32_t			segsz_t;
typedef int			accmode_t;
typedef int			cpuset_t;

typedef uint32_t		vm_offset_t;
typedef uint32_t		vm_paddr_t;
typedef uint32_t		vm_size_t;
typedef int64_t			vm_ooffset_t;
typedef uint32_t		vm_pindex_t;
typedef uint8_t			vm_prot_t;
typedef uint8_t			vm_memattr_t;

struct mtx;
struct rwlock;
struct sx;
struct thread;
struct proc;
struct vmspace;
struct vm_map;
struct vm_object;
struct vm_page;
struct pmap;
struct trapframe;
struct vnode;
struct ucred;

#endif
