/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mapping memory.
 * mmap() takes a 64-bit offset, which the calling standard puts on an even register or stack slot.
 */
#ifndef _SYS_MMAN_H_
#define _SYS_MMAN_H_

#include <sys/types.h>

#define PROT_NONE 0
#define PROT_READ 1
#define PROT_WRITE 2
#define PROT_EXEC 4

#define MAP_SHARED 0x0001
#define MAP_PRIVATE 0x0002
#define MAP_FIXED 0x0010
#define MAP_STACK 0x0400
#define MAP_ANON 0x1000
#define MAP_NOCORE 0x00020000
#define MAP_PREFAULT_READ 0x00040000

#define MAP_FAILED ((void *)-1)

void *mmap(void *, size_t, int, int, int, off_t);
int munmap(void *, size_t);
int mprotect(const void *, size_t, int);

#endif
