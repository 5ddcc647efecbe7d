/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Duplicating descriptors, their flags, and fstat; also the operations of a file that has none yet.
 *
 * Locking: fd_sx while a table changes.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/stat.h>
#include <sys/syscallsubr.h>
#include <sys/sysproto.h>

int
badfo_rdwr(struct file *fp, struct uio *uio, struct ucred *cred, int flags, struct thread *td)
{
	return (EBADF);
}

int
badfo_ioctl(struct file *fp, u_long com, void *data, struct ucred *cred, struct thread *td)
{
	return (EBADF);
}

int
badfo_stat(struct file *fp, struct stat *sb, struct ucred *cred, struct thread *td)
{
	return (EBADF);
}

int
badfo_close(struct file *fp, struct thread *td)
{
	return (0);
}

int
badfo_seek(struct file *fp, off_t offset, int whence, struct thread *td)
{
	return (ESPIPE);
}

struct fileops badfileops = {
	.fo_read = badfo_rdwr,
	.fo_write = badfo_rdwr,
	.fo_ioctl = badfo_ioctl,
	.fo_stat = badfo_stat,
	.fo_close = badfo_close,
	.fo_seek = badfo_seek,
};

/* Puts a file in slot `new`, closing what was there; the reference is handed over. */
int
dup_install(struct thread *td, struct file *fp, int new, int fdflags)
{
	struct filedesc *fdp;
	struct file *old;

	fdp = td->td_proc->p_fd;
	FILEDESC_XLOCK(fdp);
	old = fdp->fd_ofiles[new].fde_file;
	fdp->fd_ofiles[new].fde_file = fp;
	fdp->fd_ofiles[new].fde_flags = (u_char)fdflags;
	fdused(fdp, new);
	FILEDESC_XUNLOCK(fdp);
	if (old != NULL)
		(void)closef(old, td);
	td->td_retval[0] = new;
	return (0);
}

/* Duplicates fd to the lowest free slot from minfd on. */
int
dup_lowest(struct thread *td, int fd, int minfd, int fdflags)
{
	struct filedesc *fdp;
	struct file *fp;
	int error, new;

	if (minfd < 0 || minfd >= NDFILE)
		return (EINVAL);
	error = fget(td, fd, &fp);
	if (error != 0)
		return (error);
	fdp = td->td_proc->p_fd;
	FILEDESC_XLOCK(fdp);
	error = fdalloc(td, minfd, &new);
	FILEDESC_XUNLOCK(fdp);
	if (error != 0) {
		fdrop(fp, td);
		return (error);
	}
	return (dup_install(td, fp, new, fdflags));
}

int
sys_dup(struct thread *td, struct dup_args *uap)
{
	return (dup_lowest(td, uap->fd, 0, 0));
}

int
sys_dup2(struct thread *td, struct dup2_args *uap)
{
	struct file *fp;
	int error;

	if (uap->to < 0 || uap->to >= NDFILE)
		return (EBADF);
	error = fget(td, uap->from, &fp);
	if (error != 0)
		return (error);
	if (uap->from == uap->to) {
		fdrop(fp, td);
		td->td_retval[0] = uap->to;
		return (0);
	}
	return (dup_install(td, fp, uap->to, 0));
}

/* Descriptor flags of fd: reads them, or sets them if `set`. */
int
fcntl_fdflags(struct thread *td, int fd, int set, long arg)
{
	struct filedesc *fdp;
	struct file *fp;
	int error;

	error = fget(td, fd, &fp);
	if (error != 0)
		return (error);
	fdp = td->td_proc->p_fd;
	FILEDESC_XLOCK(fdp);
	if (set)
		fdp->fd_ofiles[fd].fde_flags = (arg & FD_CLOEXEC) ? UF_EXCLOSE : 0;
	else
		td->td_retval[0] = (fdp->fd_ofiles[fd].fde_flags & UF_EXCLOSE) ? FD_CLOEXEC : 0;
	FILEDESC_XUNLOCK(fdp);
	fdrop(fp, td);
	return (0);
}

int
fcntl_getfl(struct thread *td, int fd)
{
	struct file *fp;
	int error;

	error = fget(td, fd, &fp);
	if (error != 0)
		return (error);
	td->td_retval[0] = (register_t)OFLAGS(fp->f_flag);
	fdrop(fp, td);
	return (0);
}

/* Only O_APPEND and O_NONBLOCK can change, and nothing here behaves differently for them but pipes. */
int
fcntl_setfl(struct thread *td, int fd, long arg)
{
	struct file *fp;
	int error;

	error = fget(td, fd, &fp);
	if (error != 0)
		return (error);
	fp->f_flag = (fp->f_flag & ~(u_int)(O_APPEND | O_NONBLOCK)) | ((u_int)arg & (O_APPEND | O_NONBLOCK));
	fdrop(fp, td);
	return (0);
}

int
sys_fcntl(struct thread *td, struct fcntl_args *uap)
{
	switch (uap->cmd) {
	case F_DUPFD:
		return (dup_lowest(td, uap->fd, (int)uap->arg, 0));
	case F_DUPFD_CLOEXEC:
		return (dup_lowest(td, uap->fd, (int)uap->arg, UF_EXCLOSE));
	case F_GETFD:
	case F_SETFD:
		return (fcntl_fdflags(td, uap->fd, uap->cmd == F_SETFD, uap->arg));
	case F_GETFL:
		return (fcntl_getfl(td, uap->fd));
	case F_SETFL:
		return (fcntl_setfl(td, uap->fd, uap->arg));
	default:
		return (EINVAL);
	}
}

int
kern_fstat(struct thread *td, int fd, struct stat *sb)
{
	struct file *fp;
	int error;

	error = fget(td, fd, &fp);
	if (error != 0)
		return (error);
	bzero(sb, sizeof(*sb));
	error = (*fp->f_ops->fo_stat)(fp, sb, td->td_ucred, td);
	fdrop(fp, td);
	return (error);
}

int
sys_fstat(struct thread *td, struct fstat_args *uap)
{
	struct stat sb;
	int error;

	error = kern_fstat(td, uap->fd, &sb);
	if (error == 0)
		error = copyout(&sb, uap->sb, sizeof(sb));
	return (error);
}

int
sys_lseek(struct thread *td, struct lseek_args *uap)
{
	struct file *fp;
	int error;

	error = fget(td, uap->fd, &fp);
	if (error != 0)
		return (error);
	if (fp->f_ops->fo_flags & DFLAG_SEEKABLE)
		error = (*fp->f_ops->fo_seek)(fp, uap->offset, uap->whence, td);
	else
		error = ESPIPE;
	fdrop(fp, td);
	return (error);
}
