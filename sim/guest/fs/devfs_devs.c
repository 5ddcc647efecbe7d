/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The devices there are, and the tree of names they form below /dev.
 *
 * Locking: none; the tree grows while booting and is constant afterwards.
 */
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/vnode.h>
#include "fs/devfs.h"

MALLOC_DEFINE(M_DEVFS, "DEVFS1", "devfs nodes");

struct cdevlist cdevs = TAILQ_HEAD_INITIALIZER(cdevs);
static struct devfs_dirent *devfs_root;
static uint32_t devfs_inode = 2;

/* A node named by len bytes of name, in `parent` unless that is NULL. */
struct devfs_dirent *
devfs_newdirent(struct devfs_dirent *parent, const char *name, size_t len, enum vtype type)
{
	struct devfs_dirent *de;

	de = malloc(sizeof(*de), M_DEVFS, M_WAITOK | M_ZERO);
	bcopy(name, de->de_name, MIN(len, sizeof(de->de_name) - 1));
	de->de_inode = devfs_inode++;
	de->de_parent = parent;
	TAILQ_INIT(&de->de_dlist);
	vnode_init(&de->de_vnode, "devfs", type, &devfs_vnodeops, de);
	de->de_vnode.v_mount = &devfs_mnt;
	de->de_vnode.v_usecount = 1;
	de->de_vnode.v_name = de->de_name;
	vnode_setpath(&de->de_vnode, parent != NULL ? parent->de_vnode.v_path : "/");
	if (parent != NULL) {
		de->de_vnode.v_parent = &parent->de_vnode;
		TAILQ_INSERT_TAIL(&parent->de_dlist, de, de_list);
	}
	return (de);
}

struct devfs_dirent *
devfs_rootdirent(void)
{
	if (devfs_root == NULL)
		devfs_root = devfs_newdirent(NULL, "dev", 3, VDIR);
	return (devfs_root);
}

/* The entry of dd with that name, or NULL. */
struct devfs_dirent *
devfs_find(struct devfs_dirent *dd, const char *name, size_t len)
{
	struct devfs_dirent *de;

	TAILQ_FOREACH(de, &dd->de_dlist, de_list)
		if (strlen(de->de_name) == len && memcmp(de->de_name, name, len) == 0)
			return (de);
	return (NULL);
}

/* Enters a device under its name, making directories on the way. */
void
devfs_create(struct cdev *dev)
{
	struct devfs_dirent *dd, *de;
	const char *name, *slash;

	dd = devfs_rootdirent();
	name = dev->si_name;
	while ((slash = strchr(name, '/')) != NULL) {
		de = devfs_find(dd, name, (size_t)(slash - name));
		dd = de != NULL ? de : devfs_newdirent(dd, name, (size_t)(slash - name), VDIR);
		name = slash + 1;
	}
	if (devfs_find(dd, name, strlen(name)) != NULL)
		panic("devfs_create: device %s exists", dev->si_name);
	de = devfs_newdirent(dd, name, strlen(name), VCHR);
	de->de_vnode.v_rdev = dev;
	dev->si_ino = de->de_inode;
}

struct cdev *
make_dev(struct cdevsw *devsw, int unit, uid_t uid, gid_t gid, int perms, const char *fmt, ...)
{
	struct cdev *dev;
	va_list ap;

	dev = malloc(sizeof(*dev), M_DEVFS, M_WAITOK | M_ZERO);
	dev->si_devsw = devsw;
	dev->si_unit = unit;
	dev->si_mode = (uint16_t)perms;
	va_start(ap, fmt);
	vsnprintf(dev->si_name, sizeof(dev->si_name), fmt, ap);
	va_end(ap);
	TAILQ_INSERT_TAIL(&cdevs, dev, si_list);
	devfs_create(dev);
	return (dev);
}
