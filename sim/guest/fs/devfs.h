/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two files of devfs share: the nodes of the tree below /dev. */
#ifndef FS_DEVFS_H
#define	FS_DEVFS_H

#include <sys/conf.h>
#include <sys/mount.h>
#include <sys/queue.h>
#include <sys/vnode.h>

struct devfs_dirent {
	char	de_name[SPECNAMELEN + 1];
	uint32_t de_inode;
	struct devfs_dirent *de_parent;
	TAILQ_ENTRY(devfs_dirent) de_list;		/* in the parent */
	TAILQ_HEAD(, devfs_dirent) de_dlist;		/* a directory's entries */
	struct vnode de_vnode;
};

extern const struct vop_vector devfs_vnodeops;
extern struct mount devfs_mnt;

struct devfs_dirent *devfs_rootdirent(void);
struct devfs_dirent *devfs_find(struct devfs_dirent *dd, const char *name, size_t len);

#endif
