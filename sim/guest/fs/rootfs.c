/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The root file system: the image sim/rootfs.py packs (abi/rootfs.h), used where the loader put it.
 * rootfs_mount.c has checked every number in it and made a vnode for each inode; nothing changes after.
 *
 * Locking: none needed, the image is constant.
 */
#include <sys/systm.h>
#include <sys/dirent.h>
#include <sys/errno.h>
#include <sys/namei.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/vnode.h>
#include <machine/cpu.h>
#include "fs/rootfs.h"

#define	RTOI(vp)	((const struct rootfs_inode *)(vp)->v_data)

/* Kernel address of a byte of the image. */
const void *
rootfs_data(u_int off)
{
	return ((const char *)rootfs_sb + off);
}

int
rootfs_lookup(struct vnode *dvp, struct vnode **vpp, struct componentname *cnp)
{
	const struct rootfs_dirent *de;
	u_int low, high, mid;
	int cmp;

	de = rootfs_data(RTOI(dvp)->data_off);
	low = 0;
	high = RTOI(dvp)->size / sizeof(*de);
	while (low < high) {
		mid = (low + high) / 2;
		cmp = memcmp(cnp->cn_nameptr, rootfs_data(de[mid].name_off), MIN((u_int)cnp->cn_namelen, de[mid].name_len));
		if (cmp == 0)
			cmp = (int)cnp->cn_namelen - (int)de[mid].name_len;
		if (cmp == 0) {
			*vpp = &rootfs_vnodes[de[mid].ino];
			cache_enter(dvp, *vpp, cnp);
			return (0);
		}
		if (cmp < 0)
			high = mid;
		else
			low = mid + 1;
	}
	cache_enter(dvp, NULL, cnp);
	return (ENOENT);
}

int
rootfs_getattr(struct vnode *vp, struct vattr *vap, struct ucred *cred)
{
	const struct rootfs_inode *ip = RTOI(vp);

	vap->va_type = vp->v_type;
	vap->va_mode = (uint16_t)(ip->mode & 07777);
	vap->va_nlink = (uint16_t)ip->nlink;
	vap->va_uid = 0;
	vap->va_gid = 0;
	vap->va_fsid = ROOTFS_FSID;
	vap->va_fileid = (uint32_t)(ip - rootfs_inodes);
	vap->va_rdev = NODEV;
	vap->va_size = ip->size;
	vap->va_blocksize = ROOTFS_PAGE;
	vap->va_mtime.tv_sec = rootfs_sb->mtime;
	vap->va_mtime.tv_nsec = 0;
	return (0);
}

int
rootfs_open(struct vnode *vp, int mode, struct thread *td, struct file *fp)
{
	return (0);
}

int
rootfs_read(struct vnode *vp, struct uio *uio, int ioflag, struct ucred *cred)
{
	const struct rootfs_inode *ip = RTOI(vp);
	struct bio bio;
	u_int left;
	int error;

	if (vp->v_type != VREG)
		return (EINVAL);
	if (uio->uio_offset < 0 || uio->uio_offset >= ip->size)
		return (uio->uio_offset < 0 ? EINVAL : 0);
	left = ip->size - (u_int)uio->uio_offset;
	if (left > (u_int)uio->uio_resid)
		left = (u_int)uio->uio_resid;
	rootfs_io_start(&bio, vp, rootfs_data(ip->data_off + (u_int)uio->uio_offset), uio->uio_offset, left);
	error = uiomove(bio.bio_data, (int)left, uio);
	rootfs_io_done(&bio, vp, error);
	return (error);
}

int
rootfs_write(struct vnode *vp, struct uio *uio, int ioflag, struct ucred *cred)
{
	return (EROFS);
}

/* The offset counts entries: 0 is ".", 1 is "..". */
int
rootfs_readdir(struct vnode *vp, struct uio *uio, struct ucred *cred)
{
	static const uint8_t vtype_to_dt[] = { DT_UNKNOWN, DT_REG, DT_DIR, DT_CHR, DT_LNK };
	const struct rootfs_inode *ip = RTOI(vp);
	const struct rootfs_dirent *de;
	u_int i, n;
	int error;

	de = rootfs_data(ip->data_off);
	n = ip->size / sizeof(*de);
	error = 0;
	while (error == 0 && uio->uio_offset >= 0 && uio->uio_offset < (off_t)n + 2) {
		i = (u_int)uio->uio_offset;
		if (i == 0)
			error = vn_dirent(uio, (u_int)(ip - rootfs_inodes), DT_DIR, ".");
		else if (i == 1)
			error = vn_dirent(uio, ip->parent, DT_DIR, "..");
		else
			error = vn_dirent(uio, de[i - 2].ino, vtype_to_dt[rootfs_vnodes[de[i - 2].ino].v_type],
			    rootfs_data(de[i - 2].name_off));
	}
	return (error == -1 ? 0 : error);
}

int
rootfs_readlink(struct vnode *vp, struct uio *uio, struct ucred *cred)
{
	return (uiomove(__DECONST(void *, rootfs_data(RTOI(vp)->data_off)), (int)RTOI(vp)->size, uio));
}

/* File data lies in whole pages, so a page of the file is a page of the image. */
int
rootfs_getpage(struct vnode *vp, vm_ooffset_t off, vm_paddr_t *pa)
{
	const struct rootfs_inode *ip = RTOI(vp);
	struct bio bio;

	if (vp->v_type != VREG || (off & PAGE_MASK) != 0)
		return (EINVAL);
	if (off < 0 || off >= ip->size)
		return (EFAULT);
	rootfs_io_start(&bio, vp, rootfs_data(ip->data_off + (u_int)off), off, PAGE_SIZE);
	*pa = bootinfo.bi_root + ip->data_off + (u_int)off;
	rootfs_io_done(&bio, vp, 0);
	return (0);
}

const struct vop_vector rootfs_vops = {
	.vop_lookup = vfs_cache_lookup,
	.vop_cachedlookup = rootfs_lookup,
	.vop_getattr = rootfs_getattr,
	.vop_open = rootfs_open,
	.vop_close = vop_null_close,
	.vop_ioctl = vop_enotty,
	.vop_read = rootfs_read,
	.vop_write = rootfs_write,
	.vop_readdir = rootfs_readdir,
	.vop_readlink = rootfs_readlink,
	.vop_getpage = rootfs_getpage,
};

/* Looks at `count` vnodes in turn, going on where it stopped: what the syncer does of an evening. */
void
rootfs_walk(u_int count)
{
	static u_int next = ROOTFS_ROOT;
	struct vattr va;
	struct vnode *vp;

	for (; count > 0; count--) {
		vp = &rootfs_vnodes[next];
		next = next + 1 < rootfs_sb->ninode ? next + 1 : ROOTFS_ROOT;
		vref(vp);
		vn_lock(vp, LK_SHARED);
		(void)VOP_GETATTR(vp, &va, curthread->td_ucred);
		vput(vp);
	}
}
