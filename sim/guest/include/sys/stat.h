/* SPDX-License-Identifier: GPL-2.0-or-later */
/* struct stat as FreeBSD/arm had it in 2015 (32-bit inode numbers, 64-bit times), and the mode bits. */
#ifndef _SYS_STAT_H_
#define	_SYS_STAT_H_

#include <sys/types.h>
#include <sys/time.h>

struct stat {
	uint32_t st_dev;
	uint32_t st_ino;
	uint16_t st_mode;
	uint16_t st_nlink;
	uint32_t st_uid;
	uint32_t st_gid;
	uint32_t st_rdev;
	struct timespec st_atim;
	struct timespec st_mtim;
	struct timespec st_ctim;
	int64_t	st_size;
	int64_t	st_blocks;
	int32_t	st_blksize;
	uint32_t st_flags;
	uint32_t st_gen;
	int32_t	st_lspare;
	struct timespec st_birthtim;
};

#define	S_IFMT		0170000
#define	S_IFIFO		0010000
#define	S_IFCHR		0020000
#define	S_IFDIR		0040000
#define	S_IFREG		0100000
#define	S_IFLNK		0120000
#define	S_ISDIR(m)	(((m) & S_IFMT) == S_IFDIR)
#define	S_ISCHR(m)	(((m) & S_IFMT) == S_IFCHR)
#define	S_ISREG(m)	(((m) & S_IFMT) == S_IFREG)
#define	S_ISFIFO(m)	(((m) & S_IFMT) == S_IFIFO)

#endif
