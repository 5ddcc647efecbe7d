/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mounted file systems: the root image on / and devfs on /dev, both made at boot and kept for good. */
#ifndef _SYS_MOUNT_H_
#define	_SYS_MOUNT_H_

#include <sys/types.h>

struct vnode;

struct mount {
	const char *mnt_fstype;
	const char *mnt_on;		/* path */
	struct vnode *mnt_vnodecovered;	/* NULL for / */
	struct vnode *mnt_root;
	uint32_t mnt_fsid;
	int	mnt_flag;
};
#define	MNT_RDONLY	0x0001

struct vnode *rootfs_mount(void);	/* fs/rootfs.c: returns the root directory or panics */
void	devfs_mount(struct vnode *covered);	/* fs/devfs_vnops.c */
void	rootfs_walk(u_int count);	/* touches so many vnodes: the syncer's work */

#endif
