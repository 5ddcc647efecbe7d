/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mounting the root image and /dev: every number in the image is checked once, and every inode gets its
 * vnode, its name and its path.
 *
 * Locking: none; only the boot thread is there.
 */
#include <sys/systm.h>
#include <sys/filedesc.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/namei.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <machine/cpu.h>
#include "fs/rootfs.h"

#define	ROOTFS_MAXINODE	65536

MALLOC_DEFINE(M_ROOTFS, "rootfs", "vnodes of the root image");

const struct rootfs_super *rootfs_sb;
const struct rootfs_inode *rootfs_inodes;
struct vnode *rootfs_vnodes;
static struct mount rootfs_mnt = { "rootfs", "/", NULL, NULL, ROOTFS_FSID, MNT_RDONLY };

/* Panics if [off, off + bytes) is not inside the image. */
void
rootfs_check(u_int off, uint64_t bytes, const char *what)
{
	if (off > rootfs_sb->bytes || bytes > rootfs_sb->bytes - off)
		panic("rootfs_check: %s at %#x lies outside the image", what, off);
}

enum vtype
rootfs_vtype(u_int mode)
{
	switch (mode & ROOTFS_IFMT) {
	case ROOTFS_IFDIR:
		return (VDIR);
	case ROOTFS_IFREG:
		return (VREG);
	case ROOTFS_IFLNK:
		return (VLNK);
	default:
		panic("rootfs_vtype: inode mode %#x", mode);
	}
}

/* Checks one inode and makes its vnode. */
void
rootfs_make_vnode(u_int ino)
{
	const struct rootfs_inode *ip = &rootfs_inodes[ino];
	struct vnode *vp = &rootfs_vnodes[ino];

	vnode_init(vp, "rootfs", rootfs_vtype(ip->mode), &rootfs_vops, __DECONST(void *, ip));
	rootfs_check(ip->data_off, ip->size, "file");
	if (vp->v_type == VREG && (ip->data_off & PAGE_MASK) != 0)
		panic("rootfs_make_vnode: inode %u does not start on a page", ino);
	if (ip->parent == 0 || ip->parent >= rootfs_sb->ninode)
		panic("rootfs_make_vnode: inode %u has parent %u", ino, ip->parent);
	vp->v_mount = &rootfs_mnt;
	vp->v_usecount = 1;	/* the file system's own */
	vp->v_parent = ino == ROOTFS_ROOT ? NULL : &rootfs_vnodes[ip->parent];
}

/* Checks a directory's entries and gives their vnodes their names. */
void
rootfs_name_entries(u_int ino)
{
	const struct rootfs_dirent *de;
	u_int i;

	if (rootfs_vnodes[ino].v_type != VDIR)
		return;
	de = rootfs_data(rootfs_inodes[ino].data_off);
	for (i = 0; i < rootfs_inodes[ino].size / sizeof(*de); i++) {
		rootfs_check(de[i].name_off, (uint64_t)de[i].name_len + 1, "name");
		if (de[i].ino == 0 || de[i].ino >= rootfs_sb->ninode || de[i].name_len > ROOTFS_NAMEMAX)
			panic("rootfs_name_entries: bad entry %u in directory %u", i, ino);
		rootfs_vnodes[de[i].ino].v_name = rootfs_data(de[i].name_off);
	}
}

/* Gives a vnode its path, after its parents. */
void
rootfs_set_path(struct vnode *vp)
{
	if (vp->v_path != NULL || vp->v_name == NULL)
		return;
	rootfs_set_path(vp->v_parent);
	vnode_setpath(vp, vp->v_parent->v_path);
}

struct vnode *
rootfs_mount(void)
{
	u_int ino;

	rootfs_sb = (const struct rootfs_super *)PHYS_TO_KVA(bootinfo.bi_root);
	if (bootinfo.bi_root_bytes < sizeof(*rootfs_sb) || rootfs_sb->magic != ROOTFS_MAGIC ||
	    rootfs_sb->version != ROOTFS_VERSION || rootfs_sb->bytes > bootinfo.bi_root_bytes)
		panic("rootfs_mount: no root image at %#x", bootinfo.bi_root);
	if (rootfs_sb->ninode <= ROOTFS_ROOT || rootfs_sb->ninode > ROOTFS_MAXINODE)
		panic("rootfs_mount: %u inodes", rootfs_sb->ninode);
	rootfs_check(rootfs_sb->inode_off, (uint64_t)rootfs_sb->ninode * sizeof(struct rootfs_inode), "inode table");
	rootfs_inodes = rootfs_data(rootfs_sb->inode_off);
	rootfs_vnodes = malloc(rootfs_sb->ninode * sizeof(struct vnode), M_ROOTFS, M_WAITOK | M_ZERO);
	for (ino = ROOTFS_ROOT; ino < rootfs_sb->ninode; ino++)
		rootfs_make_vnode(ino);
	for (ino = ROOTFS_ROOT; ino < rootfs_sb->ninode; ino++)
		rootfs_name_entries(ino);
	rootfs_vnodes[ROOTFS_ROOT].v_path = "/";
	for (ino = ROOTFS_ROOT; ino < rootfs_sb->ninode; ino++)
		rootfs_set_path(&rootfs_vnodes[ino]);
	if (rootfs_vnodes[ROOTFS_ROOT].v_type != VDIR)
		panic("rootfs_mount: the root is no directory");
	rootfs_mnt.mnt_root = &rootfs_vnodes[ROOTFS_ROOT];
	return (rootfs_mnt.mnt_root);
}

/* Mounts / and /dev and makes them process 0's directories. */
void
vfs_mountroot(void *dummy)
{
	struct nameidata nd;
	struct filedesc *fdp;

	rootvnode = rootfs_mount();
	fdp = proc0.p_fd;
	vref(rootvnode);
	fdp->fd_cdir = rootvnode;
	vref(rootvnode);
	fdp->fd_rdir = rootvnode;
	NDINIT(&nd, LOOKUP, FOLLOW, UIO_SYSSPACE, "/dev", curthread);
	if (namei(&nd) != 0 || nd.ni_vp->v_type != VDIR)
		panic("vfs_mountroot: the root image has no directory /dev");
	NDFREE(&nd, NDF_ONLY_PNBUF);
	devfs_mount(nd.ni_vp);
}
SYSINIT(mountroot, SI_SUB_ROOT_CONF, SI_ORDER_FIRST, vfs_mountroot, NULL);
