/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * System calls that take path names.  No locks of their own.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/namei.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/stat.h>
#include <sys/syscallsubr.h>
#include <sys/sysproto.h>
#include <sys/uio.h>
#include <sys/vnode.h>

/* The directory a relative path counts from: NULL means the current one.  *fpp keeps it alive. */
int
at_startdir(struct thread *td, int fd, struct vnode **dirp, struct file **fpp)
{
	int error;

	*dirp = NULL;
	*fpp = NULL;
	if (fd == AT_FDCWD)
		return (0);
	error = fget(td, fd, fpp);
	if (error != 0)
		return (error);
	if ((*fpp)->f_vnode == NULL || (*fpp)->f_vnode->v_type != VDIR) {
		fdrop(*fpp, td);
		*fpp = NULL;
		return (ENOTDIR);
	}
	*dirp = (*fpp)->f_vnode;
	return (0);
}

/* Opens a path into a new descriptor, td_retval[0]. */
int
kern_openat(struct thread *td, int fd, const char *path, enum uio_seg seg, int flags, int mode)
{
	struct file *fp, *dirfp;
	struct vnode *dir;
	int error, newfd;

	if ((flags & O_ACCMODE) == O_ACCMODE)
		return (EINVAL);
	error = falloc_noinstall(td, &fp);
	if (error != 0)
		return (error);
	error = at_startdir(td, fd, &dir, &dirfp);
	if (error == 0)
		error = vn_open(path, seg, dir, FFLAGS(flags), td, fp);
	if (dirfp != NULL)
		fdrop(dirfp, td);
	if (error == 0)
		error = finstall(td, fp, &newfd, flags);
	fdrop(fp, td);
	if (error == 0)
		td->td_retval[0] = newfd;
	return (error);
}

int
sys_open(struct thread *td, struct open_args *uap)
{
	return (kern_openat(td, AT_FDCWD, uap->path, UIO_USERSPACE, uap->flags, uap->mode));
}

int
sys_openat(struct thread *td, struct openat_args *uap)
{
	return (kern_openat(td, uap->fd, uap->path, UIO_USERSPACE, uap->flag, uap->mode));
}

/* Looks a user's path up, referenced and locked shared. */
int
path_vnode(struct thread *td, const char *path, enum uio_seg seg, u_long follow, struct vnode **vpp)
{
	struct nameidata nd;
	int error;

	NDINIT(&nd, LOOKUP, LOCKLEAF | LOCKSHARED | follow, seg, path, td);
	error = namei(&nd);
	if (error != 0)
		return (error);
	NDFREE(&nd, NDF_ONLY_PNBUF);
	*vpp = nd.ni_vp;
	return (0);
}

int
kern_statat(struct thread *td, int flag, int fd, const char *path, enum uio_seg seg, struct stat *sb)
{
	struct vnode *vp;
	int error;

	error = path_vnode(td, path, seg, (flag & AT_SYMLINK_NOFOLLOW) ? NOFOLLOW : FOLLOW, &vp);
	if (error != 0)
		return (error);
	bzero(sb, sizeof(*sb));
	error = vn_stat(vp, sb, td->td_ucred, td);
	vput(vp);
	return (error);
}

int
sys_stat(struct thread *td, struct stat_args *uap)
{
	struct stat sb;
	int error;

	error = kern_statat(td, 0, AT_FDCWD, uap->path, UIO_USERSPACE, &sb);
	return (error != 0 ? error : copyout(&sb, uap->ub, sizeof(sb)));
}

int
sys_lstat(struct thread *td, struct lstat_args *uap)
{
	struct stat sb;
	int error;

	error = kern_statat(td, AT_SYMLINK_NOFOLLOW, AT_FDCWD, uap->path, UIO_USERSPACE, &sb);
	return (error != 0 ? error : copyout(&sb, uap->ub, sizeof(sb)));
}

/* As root everything may be read; running needs an x bit, writing a device. */
int
kern_accessat(struct thread *td, int fd, const char *path, enum uio_seg seg, int flags, int mode)
{
	struct vattr va;
	struct vnode *vp;
	int error;

	if (mode & ~(R_OK | W_OK | X_OK))
		return (EINVAL);
	error = path_vnode(td, path, seg, FOLLOW, &vp);
	if (error != 0)
		return (error);
	bzero(&va, sizeof(va));
	error = VOP_GETATTR(vp, &va, td->td_ucred);
	if (error == 0 && (mode & W_OK) && vp->v_type != VCHR)
		error = EROFS;
	if (error == 0 && (mode & X_OK) && vp->v_type == VREG && (va.va_mode & 0111) == 0)
		error = EACCES;
	vput(vp);
	return (error);
}

int
sys_access(struct thread *td, struct access_args *uap)
{
	return (kern_accessat(td, AT_FDCWD, uap->path, UIO_USERSPACE, 0, uap->amode));
}

int
sys_readlink(struct thread *td, struct readlink_args *uap)
{
	struct iovec iov;
	struct uio uio;
	struct vnode *vp;
	int error;

	if (uap->count > IOSIZE_MAX)
		return (EINVAL);
	error = path_vnode(td, uap->path, UIO_USERSPACE, NOFOLLOW, &vp);
	if (error != 0)
		return (error);
	iov.iov_base = uap->buf;
	iov.iov_len = uap->count;
	uio.uio_iov = &iov;
	uio.uio_iovcnt = 1;
	uio.uio_offset = 0;
	uio.uio_resid = (ssize_t)uap->count;
	uio.uio_segflg = UIO_USERSPACE;
	uio.uio_rw = UIO_READ;
	uio.uio_td = td;
	error = vp->v_type == VLNK ? VOP_READLINK(vp, &uio, td->td_ucred) : EINVAL;
	vput(vp);
	td->td_retval[0] = (register_t)uap->count - uio.uio_resid;
	return (error);
}

int
sys_chdir(struct thread *td, struct chdir_args *uap)
{
	struct filedesc *fdp;
	struct vnode *vp, *old;
	int error;

	error = path_vnode(td, uap->path, UIO_USERSPACE, FOLLOW, &vp);
	if (error != 0)
		return (error);
	vn_unlock(vp);
	if (vp->v_type != VDIR) {
		vrele(vp);
		return (ENOTDIR);
	}
	fdp = td->td_proc->p_fd;
	FILEDESC_XLOCK(fdp);
	old = fdp->fd_cdir;
	fdp->fd_cdir = vp;
	FILEDESC_XUNLOCK(fdp);
	vrele(old);
	return (0);
}

/* The file systems are read-only; what does not exist still does not exist. */
int
sys_unlink(struct thread *td, struct unlink_args *uap)
{
	struct vnode *vp;
	int error;

	error = path_vnode(td, uap->path, UIO_USERSPACE, NOFOLLOW, &vp);
	if (error != 0)
		return (error);
	vput(vp);
	return (EROFS);
}

int
sys_ftruncate(struct thread *td, struct ftruncate_args *uap)
{
	struct file *fp;
	int error;

	if (uap->length < 0)
		return (EINVAL);
	error = fget_write(td, uap->fd, &fp);
	if (error != 0)
		return (error == EBADF ? EINVAL : error);
	fdrop(fp, td);
	return (EINVAL);	/* whatever can be opened for writing is no regular file */
}

int
sys_getdirentries(struct thread *td, struct getdirentries_args *uap)
{
	struct file *fp;
	struct iovec iov;
	struct uio uio;
	long base;
	int error;

	if (uap->count > IOSIZE_MAX)
		return (EINVAL);
	error = fget_read(td, uap->fd, &fp);
	if (error != 0)
		return (error);
	iov.iov_base = uap->buf;
	iov.iov_len = uap->count;
	uio.uio_iov = &iov;
	uio.uio_iovcnt = 1;
	uio.uio_resid = (ssize_t)uap->count;
	uio.uio_segflg = UIO_USERSPACE;
	uio.uio_rw = UIO_READ;
	uio.uio_td = td;
	base = (long)fp->f_offset;
	error = vn_readdir(fp, &uio, td);
	fdrop(fp, td);
	if (error == 0 && uap->basep != NULL)
		error = copyout(&base, uap->basep, sizeof(base));
	td->td_retval[0] = (register_t)uap->count - uio.uio_resid;
	return (error);
}
