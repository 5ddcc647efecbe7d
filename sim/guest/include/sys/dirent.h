/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Directory entries as getdirentries(2) returned them in 2015. */
#ifndef _SYS_DIRENT_H_
#define	_SYS_DIRENT_H_

#include <sys/types.h>

struct dirent {
	uint32_t d_fileno;
	uint16_t d_reclen;
	uint8_t	d_type;
	uint8_t	d_namlen;
	char	d_name[256];
};
#define	DT_UNKNOWN	0
#define	DT_CHR		2
#define	DT_DIR		4
#define	DT_REG		8
#define	DT_LNK		10
#define	_GENERIC_DIRLEN(namlen)	((8 + (namlen) + 1 + 7) & ~7u)

#endif
