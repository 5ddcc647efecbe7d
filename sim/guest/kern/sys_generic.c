/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read, write and ioctl: from a descriptor to the file's own operation.
 *
 * Locking: each call holds a reference on the file; the offset is locked around operations that move it.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/ioccom.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/syscallsubr.h>
#include <sys/sdt.h>
#include <sys/signalvar.h>
#include <sys/sysproto.h>
#include <sys/uio.h>

SDT_PROBE_DEFINE1(sysinfo, , dofileread, sysread, "int");
SDT_PROBE_DEFINE1(sysinfo, , dofileread, readch, "ssize_t");
SDT_PROBE_DEFINE1(sysinfo, , dofilewrite, syswrite, "int");
SDT_PROBE_DEFINE1(sysinfo, , dofilewrite, writech, "ssize_t");

MALLOC_DECLARE(M_IOV);
MALLOC_DEFINE(M_IOCTLOPS, "ioctlops", "ioctl data buffer");

/* Fills in a uio of one piece. */
void
uio_single(struct uio *auio, struct iovec *aiov, const void *buf, size_t nbyte)
{
	aiov->iov_base = __DECONST(void *, buf);
	aiov->iov_len = nbyte;
	auio->uio_iov = aiov;
	auio->uio_iovcnt = 1;
	auio->uio_resid = (ssize_t)nbyte;
	auio->uio_segflg = UIO_USERSPACE;
}

int
sys_read(struct thread *td, struct read_args *uap)
{
	struct uio auio;
	struct iovec aiov;

	if (uap->nbyte > IOSIZE_MAX)
		return (EINVAL);
	uio_single(&auio, &aiov, uap->buf, uap->nbyte);
	return (kern_readv(td, uap->fd, &auio));
}

int
sys_pread(struct thread *td, struct pread_args *uap)
{
	struct uio auio;
	struct iovec aiov;

	if (uap->nbyte > IOSIZE_MAX)
		return (EINVAL);
	uio_single(&auio, &aiov, uap->buf, uap->nbyte);
	return (kern_preadv(td, uap->fd, &auio, uap->offset));
}

int
sys_readv(struct thread *td, struct readv_args *uap)
{
	struct uio *auio;
	int error;

	error = copyinuio(uap->iovp, uap->iovcnt, &auio);
	if (error != 0)
		return (error);
	error = kern_readv(td, uap->fd, auio);
	free(auio, M_IOV);
	return (error);
}

int
kern_readv(struct thread *td, int fd, struct uio *auio)
{
	struct file *fp;
	int error;

	error = fget_read(td, fd, &fp);
	if (error != 0)
		return (error);
	error = dofileread(td, fd, fp, auio, (off_t)-1, 0);
	fdrop(fp, td);
	return (error);
}

int
kern_preadv(struct thread *td, int fd, struct uio *auio, off_t offset)
{
	struct file *fp;
	int error;

	error = fget_read(td, fd, &fp);
	if (error != 0)
		return (error);
	if ((fp->f_ops->fo_flags & DFLAG_SEEKABLE) == 0)
		error = ESPIPE;
	else if (offset < 0)
		error = EINVAL;
	else
		error = dofileread(td, fd, fp, auio, offset, FOF_OFFSET);
	fdrop(fp, td);
	return (error);
}

/* The bytes moved become the result; an interruption after some is not an error. */
int
dofileread(struct thread *td, int fd, struct file *fp, struct uio *auio, off_t offset, int flags)
{
	ssize_t cnt;
	int error;

	SDT_PROBE1(sysinfo, , dofileread, sysread, 1);
	if (auio->uio_resid == 0) {
		td->td_retval[0] = 0;
		return (0);
	}
	auio->uio_rw = UIO_READ;
	auio->uio_offset = offset;
	auio->uio_td = td;
	cnt = auio->uio_resid;
	error = (*fp->f_ops->fo_read)(fp, auio, td->td_ucred, flags, td);
	if (error != 0 && auio->uio_resid != cnt && (error == ERESTART || error == EINTR || error == EWOULDBLOCK))
		error = 0;
	td->td_retval[0] = cnt - auio->uio_resid;
	if (error == 0)
		SDT_PROBE1(sysinfo, , dofileread, readch, cnt - auio->uio_resid);
	return (error);
}

int
sys_write(struct thread *td, struct write_args *uap)
{
	struct uio auio;
	struct iovec aiov;

	if (uap->nbyte > IOSIZE_MAX)
		return (EINVAL);
	uio_single(&auio, &aiov, uap->buf, uap->nbyte);
	return (kern_writev(td, uap->fd, &auio));
}

int
sys_pwrite(struct thread *td, struct pwrite_args *uap)
{
	struct uio auio;
	struct iovec aiov;

	if (uap->nbyte > IOSIZE_MAX)
		return (EINVAL);
	uio_single(&auio, &aiov, uap->buf, uap->nbyte);
	return (kern_pwritev(td, uap->fd, &auio, uap->offset));
}

int
sys_writev(struct thread *td, struct writev_args *uap)
{
	struct uio *auio;
	int error;

	error = copyinuio(uap->iovp, uap->iovcnt, &auio);
	if (error != 0)
		return (error);
	error = kern_writev(td, uap->fd, auio);
	free(auio, M_IOV);
	return (error);
}

int
kern_writev(struct thread *td, int fd, struct uio *auio)
{
	struct file *fp;
	int error;

	error = fget_write(td, fd, &fp);
	if (error != 0)
		return (error);
	error = dofilewrite(td, fd, fp, auio, (off_t)-1, 0);
	fdrop(fp, td);
	return (error);
}

int
kern_pwritev(struct thread *td, int fd, struct uio *auio, off_t offset)
{
	struct file *fp;
	int error;

	error = fget_write(td, fd, &fp);
	if (error != 0)
		return (error);
	if ((fp->f_ops->fo_flags & DFLAG_SEEKABLE) == 0)
		error = ESPIPE;
	else if (offset < 0)
		error = EINVAL;
	else
		error = dofilewrite(td, fd, fp, auio, offset, FOF_OFFSET);
	fdrop(fp, td);
	return (error);
}

int
dofilewrite(struct thread *td, int fd, struct file *fp, struct uio *auio, off_t offset, int flags)
{
	ssize_t cnt;
	int error;

	SDT_PROBE1(sysinfo, , dofilewrite, syswrite, 1);
	auio->uio_rw = UIO_WRITE;
	auio->uio_td = td;
	auio->uio_offset = offset;
	cnt = auio->uio_resid;
	error = (*fp->f_ops->fo_write)(fp, auio, td->td_ucred, flags, td);
	if (error != 0) {
		if (auio->uio_resid != cnt && (error == ERESTART || error == EINTR || error == EWOULDBLOCK))
			error = 0;
		if (error == EPIPE) {
			PROC_LOCK(td->td_proc);
			kern_psignal(td->td_proc, SIGPIPE);
			PROC_UNLOCK(td->td_proc);
		}
	}
	td->td_retval[0] = cnt - auio->uio_resid;
	if (error == 0)
		SDT_PROBE1(sysinfo, , dofilewrite, writech, cnt - auio->uio_resid);
	return (error);
}

#define	SYS_IOCTL_SMALL_SIZE	128	/* up to here the structure is copied to the stack, not to malloc'd memory */

/* A command that says so carries a structure, which is copied in and out here. */
int
sys_ioctl(struct thread *td, struct ioctl_args *uap)
{
	u_char smalldata[SYS_IOCTL_SMALL_SIZE] __aligned(8);
	u_long com;
	u_int size;
	caddr_t data;
	int error;

	com = uap->com;
	size = IOCPARM_LEN(com);
	if ((com & (IOC_IN | IOC_OUT)) == 0 || size == 0)
		return (kern_ioctl(td, uap->fd, com, uap->data));
	data = (caddr_t)smalldata;
	if (size > sizeof(smalldata))
		data = malloc(size, M_IOCTLOPS, M_WAITOK);
	bzero(data, size);
	error = (com & IOC_IN) ? copyin(uap->data, data, size) : 0;
	if (error == 0)
		error = kern_ioctl(td, uap->fd, com, data);
	if (error == 0 && (com & IOC_OUT))
		error = copyout(data, uap->data, size);
	if (size > sizeof(smalldata))
		free(data, M_IOCTLOPS);
	return (error);
}

int
kern_ioctl(struct thread *td, int fd, u_long com, void *data)
{
	struct file *fp;
	int error;

	error = fget(td, fd, &fp);
	if (error != 0)
		return (error);
	error = (*fp->f_ops->fo_ioctl)(fp, com, data, td->td_ucred, td);
	fdrop(fp, td);
	return (error);
}
