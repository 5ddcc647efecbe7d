/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the root file system share. */
#ifndef FS_ROOTFS_H
#define	FS_ROOTFS_H

#include <sys/bio.h>
#include <sys/vnode.h>
#include <abi/rootfs.h>

#define	ROOTFS_FSID	1

extern const struct rootfs_super *rootfs_sb;
extern const struct rootfs_inode *rootfs_inodes;
extern struct vnode *rootfs_vnodes;
extern const struct vop_vector rootfs_vops;

const void *rootfs_data(u_int off);

/* rootfs_io.c: a transfer of count bytes at offset of the file, which lie at data. */
void	rootfs_io_start(struct bio *bp, struct vnode *vp, const void *data, off_t offset, u_int count);
void	rootfs_io_done(struct bio *bp, struct vnode *vp, int error);

#endif
