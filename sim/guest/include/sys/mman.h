/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mmap(2)'s flags; FreeBSD's values. */
#ifndef _SYS_MMAN_H_
#define	_SYS_MMAN_H_

#define	PROT_NONE	0x00
#define	PROT_READ	0x01
#define	PROT_WRITE	0x02
#define	PROT_EXEC	0x04

#define	MAP_SHARED	0x0001
#define	MAP_PRIVATE	0x0002
#define	MAP_FIXED	0x0010
#define	MAP_STACK	0x0400
#define	MAP_NOSYNC	0x0800
#define	MAP_ANON	0x1000
#define	MAP_GUARD	0x00002000
#define	MAP_EXCL	0x00004000
#define	MAP_NOCORE	0x00020000
#define	MAP_PREFAULT_READ	0x00040000
#define	MAP_ALIGNED(n)	((n) << 24)
#define	MAP_ALIGNMENT_MASK	0xff000000u
#define	MAP_ALIGNMENT_SHIFT	24
#define	MAP_FAILED	((void *)-1)

#endif
