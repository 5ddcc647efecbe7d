/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Vnodes as open files: the operations behind read, fstat, lseek and close of a file or directory of a
 * file system.  Every file system is read-only, so a write ends in EROFS.
 *
 * Locking: the vnode is locked around each operation on it.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/dirent.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/namei.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/vnode.h>

/* Opens path for fmode (FREAD, FWRITE, O_*) into fp, which takes over the reference. */
int
vn_open(const char *path, enum uio_seg seg, struct vnode *startdir, int fmode, struct thread *td, struct file *fp)
{
	struct nameidata nd;
	struct vnode *vp;
	int error;

	NDINIT(&nd, LOOKUP, LOCKLEAF | ((fmode & O_NOFOLLOW) ? NOFOLLOW : FOLLOW), seg, path, td);
	nd.ni_startdir = startdir;
	error = namei(&nd);
	if (error != 0)
		return ((fmode & O_CREAT) && error == ENOENT ? EROFS : error);
	NDFREE(&nd, NDF_ONLY_PNBUF);
	vp = nd.ni_vp;
	error = vn_open_check(vp, fmode);
	if (error == 0)
		error = VOP_OPEN(vp, fmode, td, fp);
	if (error != 0) {
		vput(vp);
		return (error);
	}
	vn_unlock(vp);
	fp->f_vnode = vp;
	if (fp->f_ops == &badfileops)
		finit(fp, (u_int)fmode, DTYPE_VNODE, vp, &vnops);
	return (0);
}

/* May a vnode be opened so. */
int
vn_open_check(struct vnode *vp, int fmode)
{
	if (vp->v_type == VLNK)
		return (ELOOP);
	if ((fmode & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
		return (EEXIST);
	if ((fmode & O_DIRECTORY) && vp->v_type != VDIR)
		return (ENOTDIR);
	if (vp->v_type == VDIR && (fmode & (FWRITE | O_TRUNC)))
		return (EISDIR);
	if (vp->v_type == VREG && (fmode & (FWRITE | O_TRUNC)))
		return (EROFS);
	return (0);
}

int
vn_read(struct file *fp, struct uio *uio, struct ucred *cred, int flags, struct thread *td)
{
	struct vnode *vp;
	int error;

	vp = fp->f_vnode;
	if ((flags & FOF_OFFSET) == 0)
		uio->uio_offset = foffset_lock(fp, flags);
	vn_lock(vp, LK_SHARED);
	error = vp->v_type == VDIR ? EISDIR : VOP_READ(vp, uio, 0, cred);
	vn_unlock(vp);
	foffset_unlock(fp, uio->uio_offset, flags);
	return (error);
}

/* Reads directory entries from where the last call stopped. */
int
vn_readdir(struct file *fp, struct uio *uio, struct thread *td)
{
	struct vnode *vp;
	int error;

	vp = fp->f_vnode;
	if (vp == NULL || vp->v_type != VDIR)
		return (EINVAL);
	uio->uio_offset = foffset_lock(fp, 0);
	vn_lock(vp, LK_SHARED);
	error = VOP_READDIR(vp, uio, td->td_ucred);
	vn_unlock(vp);
	foffset_unlock(fp, uio->uio_offset, 0);
	return (error);
}

/*
 * Moves one directory entry out; -1 if it does not fit any more, else 0 or an errno.  The offset counts
 * entries, so it goes up by one.
 */
int
vn_dirent(struct uio *uio, uint32_t fileno, int type, const char *name)
{
	struct dirent de;
	off_t offset;
	int error;

	bzero(&de, sizeof(de));
	de.d_namlen = (uint8_t)strlen(name);
	de.d_reclen = (uint16_t)_GENERIC_DIRLEN(de.d_namlen);
	de.d_fileno = fileno;
	de.d_type = (uint8_t)type;
	strlcpy(de.d_name, name, sizeof(de.d_name));
	if (uio->uio_resid < de.d_reclen)
		return (-1);
	offset = uio->uio_offset;
	error = uiomove(&de, de.d_reclen, uio);
	uio->uio_offset = offset + 1;
	return (error);
}

int
vn_write(struct file *fp, struct uio *uio, struct ucred *cred, int flags, struct thread *td)
{
	int error;

	vn_lock(fp->f_vnode, LK_EXCLUSIVE);
	error = VOP_WRITE(fp->f_vnode, uio, 0, cred);
	vn_unlock(fp->f_vnode);
	return (error);
}

int
vn_ioctl(struct file *fp, u_long com, void *data, struct ucred *cred, struct thread *td)
{
	return (VOP_IOCTL(fp->f_vnode, com, data, (int)fp->f_flag, cred, td));
}

int
vn_statfile(struct file *fp, struct stat *sb, struct ucred *cred, struct thread *td)
{
	int error;

	vn_lock(fp->f_vnode, LK_SHARED);
	error = vn_stat(fp->f_vnode, sb, cred, td);
	vn_unlock(fp->f_vnode);
	return (error);
}

/* Gives back the reference that an open file held. */
int
vn_close(struct vnode *vp, int fflag, struct ucred *cred, struct thread *td)
{
	int error;

	vn_lock(vp, LK_EXCLUSIVE);
	error = VOP_CLOSE(vp, fflag, cred, td);
	vput(vp);
	return (error);
}

int
vn_closefile(struct file *fp, struct thread *td)
{
	int error;

	fp->f_ops = &badfileops;
	error = vn_close(fp->f_vnode, (int)fp->f_flag, fp->f_cred, td);
	fp->f_vnode = NULL;
	return (error);
}

int
vn_seek(struct file *fp, off_t offset, int whence, struct thread *td)
{
	vm_ooffset_t size;
	off_t base;

	base = 0;
	if (whence == SEEK_CUR)
		base = foffset_lock(fp, 0);
	else if (whence == SEEK_END) {
		if (vnode_size(fp->f_vnode, &size) != 0)
			size = 0;
		base = size;
	} else if (whence != SEEK_SET)
		return (EINVAL);
	if ((offset > 0 && base > 0x7fffffffffffffffLL - offset) || base + offset < 0)
		return (offset > 0 ? EOVERFLOW : EINVAL);
	foffset_unlock(fp, base + offset, 0);
	*(off_t *)(void *)td->td_retval = base + offset;
	return (0);
}

/* Attributes as stat(2) shows them; the vnode is locked. */
int
vn_stat(struct vnode *vp, struct stat *sb, struct ucred *cred, struct thread *td)
{
	static const uint16_t type_to_mode[] = { 0, S_IFREG, S_IFDIR, S_IFCHR, S_IFLNK };
	struct vattr va;
	int error;

	bzero(&va, sizeof(va));
	error = VOP_GETATTR(vp, &va, cred);
	if (error != 0)
		return (error);
	sb->st_dev = va.va_fsid;
	sb->st_ino = va.va_fileid;
	sb->st_mode = (uint16_t)(va.va_mode | type_to_mode[va.va_type]);
	sb->st_nlink = va.va_nlink;
	sb->st_uid = va.va_uid;
	sb->st_gid = va.va_gid;
	sb->st_rdev = va.va_rdev;
	sb->st_atim = sb->st_mtim = sb->st_ctim = sb->st_birthtim = va.va_mtime;
	sb->st_size = va.va_size;
	sb->st_blocks = (va.va_size + 511) / 512;
	sb->st_blksize = (int32_t)va.va_blocksize;
	return (0);
}

struct fileops vnops = {
	.fo_read = vn_read,
	.fo_write = vn_write,
	.fo_ioctl = vn_ioctl,
	.fo_stat = vn_statfile,
	.fo_close = vn_closefile,
	.fo_seek = vn_seek,
	.fo_flags = DFLAG_PASSABLE | DFLAG_SEEKABLE,
};
