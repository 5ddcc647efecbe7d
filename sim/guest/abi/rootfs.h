/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The read-only root image, as sim/rootfs.py packs it and the kernel's rootfs mounts it in place.
 *
 * Little endian; every offset counts from the image's start.  The image starts on a page and file
 * data starts on pages, zero filled to the next one, so a mapping uses the image's pages as they lie.
 * Inode numbers index the inode table; number 0 is unused, 1 is the root directory.
 * A directory's data is an array of struct rootfs_dirent sorted by name (bytewise), without . and ..
 * This file is read by the C compiler and by sim/abi.py: plain #defines of integers only.
 */
#ifndef ABI_ROOTFS_H
#define ABI_ROOTFS_H

#define ROOTFS_MAGIC		0x53465250	/* "PRFS" */
#define ROOTFS_VERSION		1
#define ROOTFS_PAGE		4096
#define ROOTFS_ROOT		1	/* inode of / */
#define ROOTFS_NAMEMAX		255

/* rootfs_inode.mode: the usual bits */
#define ROOTFS_IFMT		0xf000
#define ROOTFS_IFDIR		0x4000
#define ROOTFS_IFREG		0x8000
#define ROOTFS_IFLNK		0xa000	/* data is the target, not NUL-terminated */

#ifndef PV_NO_STRUCTS
struct rootfs_super {
	unsigned int	magic, version;
	unsigned int	bytes;		/* whole image, a multiple of ROOTFS_PAGE */
	unsigned int	ninode;		/* entries in the table, number 0 included */
	unsigned int	inode_off;	/* struct rootfs_inode[ninode] */
	unsigned int	name_off;	/* NUL-terminated names */
	unsigned int	name_bytes;
	unsigned int	mtime;		/* seconds since 1970, of every file */
};

struct rootfs_inode {
	unsigned int	mode;		/* ROOTFS_IF* | permission bits */
	unsigned int	nlink;
	unsigned int	size;		/* bytes; directories: ndirent * sizeof(struct rootfs_dirent) */
	unsigned int	data_off;	/* page aligned for regular files, 4-aligned otherwise */
	unsigned int	parent;		/* inode of the directory it is in; the root's own for the root */
	unsigned int	pad[3];
};

struct rootfs_dirent {
	unsigned int	ino;
	unsigned int	name_off;	/* from the image's start; NUL-terminated */
	unsigned int	name_len;
	unsigned int	pad;
};
#endif

#endif
