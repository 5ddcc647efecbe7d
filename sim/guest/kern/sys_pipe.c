/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pipes: one page of ring buffer between a reading and a writing file.  Reading an empty pipe and
 * writing a full one sleep, unless O_NONBLOCK.
 *
 * Locking: pp_mtx for everything in struct pipe; it is dropped around copies to and from users, which
 * only the single reader or writer in possession of pp_busy does.
 */
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/pcpu.h>
#include <sys/stat.h>
#include <sys/sysproto.h>
#include <sys/uio.h>

#define	PIPE_SIZE	4096

MALLOC_DEFINE(M_PIPE, "pipe", "pipe buffers");

struct pipe {
	struct mtx pp_mtx;
	u_int	pp_in, pp_out;		/* bytes ever written and read; in - out is what is there */
	int	pp_readers, pp_writers;	/* open ends */
	int	pp_busy;		/* somebody copies */
	char	pp_buf[PIPE_SIZE];
};

/* Waits for the right to copy; returns 0 or EINTR/ERESTART. */
int
pipelock(struct pipe *pp)
{
	int error;

	while (pp->pp_busy) {
		error = msleep(&pp->pp_busy, &pp->pp_mtx, PRIBIO | PCATCH, "pipelk", 0);
		if (error != 0)
			return (error);
	}
	pp->pp_busy = 1;
	return (0);
}

void
pipeunlock(struct pipe *pp)
{
	pp->pp_busy = 0;
	wakeup(&pp->pp_busy);
}

/* Moves one contiguous stretch of the ring: `bytes` at ring position `at`. */
int
pipe_copy(struct pipe *pp, u_int at, u_int bytes, struct uio *uio)
{
	int error;

	at %= PIPE_SIZE;
	if (bytes > PIPE_SIZE - at)
		bytes = PIPE_SIZE - at;
	mtx_unlock(&pp->pp_mtx);
	error = uiomove(pp->pp_buf + at, (int)bytes, uio);
	mtx_lock(&pp->pp_mtx);
	return (error);
}

/* Reads what is there, at least one byte; 0 bytes when no writer is left. */
int
pipe_read(struct file *fp, struct uio *uio, struct ucred *cred, int flags, struct thread *td)
{
	struct pipe *pp = fp->f_data;
	ssize_t resid;
	int error;

	resid = uio->uio_resid;
	mtx_lock(&pp->pp_mtx);
	error = pipelock(pp);
	if (error != 0) {
		mtx_unlock(&pp->pp_mtx);
		return (error);
	}
	while (error == 0 && uio->uio_resid > 0) {
		if (pp->pp_in != pp->pp_out) {
			ssize_t before = uio->uio_resid;

			error = pipe_copy(pp, pp->pp_out, pp->pp_in - pp->pp_out, uio);
			pp->pp_out += (u_int)(before - uio->uio_resid);
			wakeup(&pp->pp_out);
		} else if (uio->uio_resid != resid || pp->pp_writers == 0)
			break;
		else if (fp->f_flag & O_NONBLOCK)
			error = EAGAIN;
		else {
			pipeunlock(pp);
			error = msleep(&pp->pp_in, &pp->pp_mtx, PRIBIO | PCATCH, "piperd", 0);
			if (error != 0 || (error = pipelock(pp)) != 0) {
				mtx_unlock(&pp->pp_mtx);
				return (error);
			}
		}
	}
	pipeunlock(pp);
	mtx_unlock(&pp->pp_mtx);
	return (error);
}

/* Writes everything; EPIPE when no reader is left. */
int
pipe_write(struct file *fp, struct uio *uio, struct ucred *cred, int flags, struct thread *td)
{
	struct pipe *pp = fp->f_data;
	int error;

	mtx_lock(&pp->pp_mtx);
	error = pipelock(pp);
	if (error != 0) {
		mtx_unlock(&pp->pp_mtx);
		return (error);
	}
	while (error == 0 && uio->uio_resid > 0) {
		if (pp->pp_readers == 0)
			error = EPIPE;
		else if (pp->pp_in - pp->pp_out < PIPE_SIZE) {
			ssize_t before = uio->uio_resid;

			error = pipe_copy(pp, pp->pp_in, PIPE_SIZE - (pp->pp_in - pp->pp_out), uio);
			pp->pp_in += (u_int)(before - uio->uio_resid);
			wakeup(&pp->pp_in);
		} else if (fp->f_flag & O_NONBLOCK)
			error = EAGAIN;
		else {
			pipeunlock(pp);
			error = msleep(&pp->pp_out, &pp->pp_mtx, PRIBIO | PCATCH, "pipewr", 0);
			if (error != 0 || (error = pipelock(pp)) != 0) {
				mtx_unlock(&pp->pp_mtx);
				return (error);
			}
		}
	}
	pipeunlock(pp);
	mtx_unlock(&pp->pp_mtx);
	return (error);
}

int
pipe_ioctl(struct file *fp, u_long com, void *data, struct ucred *cred, struct thread *td)
{
	return (ENOTTY);
}

int
pipe_stat(struct file *fp, struct stat *sb, struct ucred *cred, struct thread *td)
{
	struct pipe *pp = fp->f_data;

	sb->st_mode = S_IFIFO | 0600;
	sb->st_nlink = 1;
	sb->st_blksize = PIPE_SIZE;
	sb->st_size = pp->pp_in - pp->pp_out;
	return (0);
}

/* Closes one end; the pipe goes with the last. */
int
pipe_close(struct file *fp, struct thread *td)
{
	struct pipe *pp = fp->f_data;
	int last;

	fp->f_ops = &badfileops;
	mtx_lock(&pp->pp_mtx);
	if (fp->f_flag & FWRITE)
		pp->pp_writers--;
	else
		pp->pp_readers--;
	wakeup(&pp->pp_in);
	wakeup(&pp->pp_out);
	last = pp->pp_readers == 0 && pp->pp_writers == 0;
	mtx_unlock(&pp->pp_mtx);
	if (last) {
		mtx_destroy(&pp->pp_mtx);
		free(pp, M_PIPE);
	}
	return (0);
}

struct fileops pipeops = {
	.fo_read = pipe_read,
	.fo_write = pipe_write,
	.fo_ioctl = pipe_ioctl,
	.fo_stat = pipe_stat,
	.fo_close = pipe_close,
	.fo_seek = badfo_seek,
	.fo_flags = DFLAG_PASSABLE,
};

/* Opens one end into a new descriptor. */
int
pipe_open_end(struct thread *td, struct pipe *pp, int fmode, int flags, int *fd)
{
	struct file *fp;
	int error;

	error = falloc(td, &fp, fd, flags);
	if (error != 0)
		return (error);
	finit(fp, (u_int)(fmode | (flags & O_NONBLOCK)), DTYPE_PIPE, pp, &pipeops);
	if (fmode & FWRITE)
		pp->pp_writers++;
	else
		pp->pp_readers++;
	fdrop(fp, td);
	return (0);
}

/* fildes[0] reads what fildes[1] writes. */
int
sys_pipe2(struct thread *td, struct pipe2_args *uap)
{
	struct pipe *pp;
	int error, fildes[2];

	if (uap->flags & ~(O_CLOEXEC | O_NONBLOCK))
		return (EINVAL);
	pp = malloc(sizeof(*pp), M_PIPE, M_WAITOK | M_ZERO);
	mtx_init(&pp->pp_mtx, "pipe mutex", NULL, MTX_DEF);
	error = pipe_open_end(td, pp, FREAD, uap->flags, &fildes[0]);
	if (error != 0) {
		mtx_destroy(&pp->pp_mtx);
		free(pp, M_PIPE);
		return (error);
	}
	error = pipe_open_end(td, pp, FWRITE, uap->flags, &fildes[1]);
	if (error != 0) {
		(void)kern_close(td, fildes[0]);
		return (error);
	}
	error = copyout(fildes, uap->fildes, sizeof(fildes));
	if (error != 0) {
		(void)kern_close(td, fildes[0]);
		(void)kern_close(td, fildes[1]);
	}
	return (error);
}
