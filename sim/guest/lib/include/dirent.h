/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Directory entries as getdirentries() packs them.
 * FreeBSD's layout before 64-bit inode numbers.
 */
#ifndef _DIRENT_H_
#define _DIRENT_H_

#include <sys/types.h>

struct dirent {
	uint32_t d_fileno;
	uint16_t d_reclen;
	uint8_t d_type;
	uint8_t d_namlen;
	char d_name[256];
};

#define DT_UNKNOWN 0
#define DT_CHR 2
#define DT_DIR 4
#define DT_BLK 6
#define DT_REG 8
#define DT_LNK 10

int getdirentries(int, char *, int, long *);

#endif
