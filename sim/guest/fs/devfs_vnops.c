/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * devfs: looking devices up, and the file operations of an open device, which pass on to its driver.
 *
 * Locking: none of its own; devices never go away, so no reference on one is taken.
 */
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/dirent.h>
#include <sys/errno.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/ioccom.h>
#include <sys/namei.h>
#include <sys/proc.h>
#include <sys/sdt.h>
#include <sys/pcpu.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include "fs/devfs.h"

#define	DEVFS_FSID	2
#define	VTODE(vp)	((struct devfs_dirent *)(vp)->v_data)

struct mount devfs_mnt = { "devfs", "/dev", NULL, NULL, DEVFS_FSID, 0 };

void
devfs_mount(struct vnode *covered)
{
	devfs_mnt.mnt_root = &devfs_rootdirent()->de_vnode;
	devfs_mnt.mnt_vnodecovered = covered;
	covered->v_mountedhere = devfs_mnt.mnt_root;
}

int
devfs_lookup(struct vnode *dvp, struct vnode **vpp, struct componentname *cnp)
{
	struct devfs_dirent *de;

	de = devfs_find(VTODE(dvp), cnp->cn_nameptr, (size_t)cnp->cn_namelen);
	if (de == NULL)
		return (ENOENT);
	*vpp = &de->de_vnode;
	return (0);
}

int
devfs_getattr(struct vnode *vp, struct vattr *vap, struct ucred *cred)
{
	struct devfs_dirent *de = VTODE(vp);

	bzero(vap, sizeof(*vap));
	vap->va_type = vp->v_type;
	vap->va_mode = vp->v_rdev != NULL ? vp->v_rdev->si_mode : 0555;
	vap->va_nlink = vp->v_type == VDIR ? 2 : 1;
	vap->va_fsid = DEVFS_FSID;
	vap->va_fileid = de->de_inode;
	vap->va_rdev = vp->v_rdev != NULL ? vp->v_rdev->si_ino : NODEV;
	vap->va_blocksize = PAGE_SIZE;
	return (0);
}

/* Opening a device: the driver's open, and from then on its own file operations. */
int
devfs_open(struct vnode *vp, int mode, struct thread *td, struct file *fp)
{
	struct cdev *dev;
	int error;

	dev = vp->v_rdev;
	if (dev == NULL)
		return (0);
	error = dev->si_devsw->d_open != NULL ? (*dev->si_devsw->d_open)(dev, mode, S_IFCHR, td) : 0;
	if (error == 0)
		finit(fp, (u_int)mode, DTYPE_VNODE, dev, &devfs_ops_f);
	return (error);
}

int
devfs_readdir(struct vnode *vp, struct uio *uio, struct ucred *cred)
{
	struct devfs_dirent *dd = VTODE(vp), *de;
	off_t i;
	int error;

	error = 0;
	if (uio->uio_offset == 0)
		error = vn_dirent(uio, dd->de_inode, DT_DIR, ".");
	if (error == 0 && uio->uio_offset == 1)
		error = vn_dirent(uio, (dd->de_parent != NULL ? dd->de_parent : dd)->de_inode, DT_DIR, "..");
	i = 2;
	TAILQ_FOREACH(de, &dd->de_dlist, de_list) {
		if (error == 0 && i++ == uio->uio_offset)
			error = vn_dirent(uio, de->de_inode, de->de_vnode.v_type == VDIR ? DT_DIR : DT_CHR, de->de_name);
	}
	return (error == -1 ? 0 : error);
}

int
devfs_no_read(struct vnode *vp, struct uio *uio, int ioflag, struct ucred *cred)
{
	return (ENODEV);
}

int
devfs_no_write(struct vnode *vp, struct uio *uio, int ioflag, struct ucred *cred)
{
	return (ENODEV);
}

int
devfs_no_readlink(struct vnode *vp, struct uio *uio, struct ucred *cred)
{
	return (EINVAL);
}

int
devfs_no_getpage(struct vnode *vp, vm_ooffset_t off, vm_paddr_t *pa)
{
	return (EINVAL);
}

const struct vop_vector devfs_vnodeops = {
	.vop_lookup = devfs_lookup,
	.vop_getattr = devfs_getattr,
	.vop_open = devfs_open,
	.vop_close = vop_null_close,
	.vop_ioctl = vop_enotty,
	.vop_read = devfs_no_read,
	.vop_write = devfs_no_write,
	.vop_readdir = devfs_readdir,
	.vop_readlink = devfs_no_readlink,
	.vop_getpage = devfs_no_getpage,
};

/* Open devices go past the vnode's operations; these are what fsinfo has of them. */
SDT_PROBE_DEFINE2_XLATE(fsinfo, , devfs_read_f, read, "struct vnode *", "fileinfo_t *", "int", "int");
SDT_PROBE_DEFINE2_XLATE(fsinfo, , devfs_write_f, write, "struct vnode *", "fileinfo_t *", "int", "int");
SDT_PROBE_DEFINE2_XLATE(fsinfo, , devfs_ioctl_f, ioctl, "struct vnode *", "fileinfo_t *", "int", "int");

/* The device behind an open file; td_fpop lets the driver find the file. */
int
devfs_fp_check(struct file *fp, struct cdev **devp, struct cdevsw **dswp)
{
	*devp = fp->f_data;
	if (*devp == NULL || (*devp)->si_devsw == NULL)
		return (ENXIO);
	*dswp = (*devp)->si_devsw;
	curthread->td_fpop = fp;
	return (0);
}

int
devfs_read_f(struct file *fp, struct uio *uio, struct ucred *cred, int flags, struct thread *td)
{
	struct cdev *dev;
	struct cdevsw *dsw;
	struct file *fpop;
	ssize_t before = uio->uio_resid;
	int error;

	fpop = td->td_fpop;
	error = devfs_fp_check(fp, &dev, &dsw);
	if (error != 0)
		return (error);
	if ((flags & FOF_OFFSET) == 0)
		uio->uio_offset = foffset_lock(fp, flags);
	if (dsw->d_read != NULL)
		error = (*dsw->d_read)(dev, uio, (int)(fp->f_flag & O_NONBLOCK));
	else
		error = ENODEV;
	td->td_fpop = fpop;
	foffset_unlock(fp, uio->uio_offset, flags);
	SDT_PROBE2(fsinfo, , devfs_read_f, read, fp->f_vnode, before - uio->uio_resid);
	return (error);
}

int
devfs_write_f(struct file *fp, struct uio *uio, struct ucred *cred, int flags, struct thread *td)
{
	struct cdev *dev;
	struct cdevsw *dsw;
	struct file *fpop;
	ssize_t before = uio->uio_resid;
	int error;

	fpop = td->td_fpop;
	error = devfs_fp_check(fp, &dev, &dsw);
	if (error != 0)
		return (error);
	if ((flags & FOF_OFFSET) == 0)
		uio->uio_offset = foffset_lock(fp, flags);
	if (dsw->d_write != NULL)
		error = (*dsw->d_write)(dev, uio, (int)(fp->f_flag & O_NONBLOCK));
	else
		error = ENODEV;
	td->td_fpop = fpop;
	foffset_unlock(fp, uio->uio_offset, flags);
	SDT_PROBE2(fsinfo, , devfs_write_f, write, fp->f_vnode, before - uio->uio_resid);
	return (error);
}

int
devfs_ioctl_f(struct file *fp, u_long com, void *data, struct ucred *cred, struct thread *td)
{
	struct cdev *dev;
	struct cdevsw *dsw;
	struct file *fpop;
	int error;

	fpop = td->td_fpop;
	error = devfs_fp_check(fp, &dev, &dsw);
	if (error != 0)
		return (error);
	if (com == FIODTYPE)
		*(int *)data = (int)(dsw->d_flags & D_TYPEMASK);
	else if (dsw->d_ioctl != NULL)
		error = (*dsw->d_ioctl)(dev, com, data, (int)fp->f_flag, td);
	else
		error = ENOTTY;
	td->td_fpop = fpop;
	SDT_PROBE2(fsinfo, , devfs_ioctl_f, ioctl, fp->f_vnode, 0);
	return (error == ENOIOCTL ? ENOTTY : error);
}

int
devfs_close_f(struct file *fp, struct thread *td)
{
	struct cdev *dev = fp->f_data;
	int error;

	error = dev->si_devsw->d_close != NULL ?
	    (*dev->si_devsw->d_close)(dev, (int)fp->f_flag, S_IFCHR, td) : 0;
	(void)vn_closefile(fp, td);
	return (error);
}

struct fileops devfs_ops_f = {
	.fo_read = devfs_read_f,
	.fo_write = devfs_write_f,
	.fo_ioctl = devfs_ioctl_f,
	.fo_stat = vn_statfile,
	.fo_close = devfs_close_f,
	.fo_seek = vn_seek,
	.fo_flags = DFLAG_PASSABLE | DFLAG_SEEKABLE,
};
