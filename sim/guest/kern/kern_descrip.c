/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Descriptor tables: a fixed number of slots, each referring to an open file (kern_file.c).
 *
 * Locking: fd_sx to change a table; its only thread may read it without.
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
#include <sys/ucred.h>
#include <sys/vnode.h>
#include <vm/uma.h>

static uma_zone_t filedesc_zone;

void
filedescinit(void)
{
	filedesc_zone = uma_zcreate("filedesc", sizeof(struct filedesc), NULL, NULL, NULL, NULL, UMA_ALIGN_PTR, 0);
	file_init();
}

/* A table with nothing in it; directories are taken from fdp if there is one. */
struct filedesc *
fdinit(struct filedesc *fdp)
{
	struct filedesc *newfdp;

	newfdp = uma_zalloc(filedesc_zone, M_WAITOK | M_ZERO);
	sx_init(&newfdp->fd_sx, "filedesc structure");
	newfdp->fd_refcnt = 1;
	newfdp->fd_lastfile = -1;
	newfdp->fd_cmask = 022;
	newfdp->fd_cdir = fdp != NULL ? fdp->fd_cdir : NULL;
	newfdp->fd_rdir = fdp != NULL ? fdp->fd_rdir : NULL;
	if (newfdp->fd_cdir != NULL)
		vref(newfdp->fd_cdir);
	if (newfdp->fd_rdir != NULL)
		vref(newfdp->fd_rdir);
	return (newfdp);
}

/* A copy for fork: the same files, one more reference on each. */
struct filedesc *
fdcopy(struct filedesc *fdp)
{
	struct filedesc *newfdp;
	int i;

	newfdp = fdinit(fdp);
	FILEDESC_SLOCK(fdp);
	for (i = 0; i <= fdp->fd_lastfile; i++) {
		if (fdp->fd_ofiles[i].fde_file == NULL)
			continue;
		newfdp->fd_ofiles[i] = fdp->fd_ofiles[i];
		fhold(newfdp->fd_ofiles[i].fde_file);
	}
	newfdp->fd_lastfile = fdp->fd_lastfile;
	newfdp->fd_freefile = fdp->fd_freefile;
	newfdp->fd_cmask = fdp->fd_cmask;
	FILEDESC_SUNLOCK(fdp);
	return (newfdp);
}

/* Closes everything of an exiting process. */
void
fdescfree(struct thread *td)
{
	struct filedesc *fdp;
	struct file *fp;
	int i;

	fdp = td->td_proc->p_fd;
	if (fdp == NULL)
		return;
	td->td_proc->p_fd = NULL;
	for (i = 0; i <= fdp->fd_lastfile; i++) {
		fp = fdp->fd_ofiles[i].fde_file;
		if (fp == NULL)
			continue;
		fdp->fd_ofiles[i].fde_file = NULL;
		(void)closef(fp, td);
	}
	if (fdp->fd_cdir != NULL)
		vrele(fdp->fd_cdir);
	if (fdp->fd_rdir != NULL)
		vrele(fdp->fd_rdir);
	sx_destroy(&fdp->fd_sx);
	uma_zfree(filedesc_zone, fdp);
}

/* exec: closes what is marked so. */
void
fdcloseexec(struct thread *td)
{
	struct filedesc *fdp;
	int i;

	fdp = td->td_proc->p_fd;
	for (i = 0; i <= fdp->fd_lastfile; i++)
		if (fdp->fd_ofiles[i].fde_file != NULL && (fdp->fd_ofiles[i].fde_flags & UF_EXCLOSE))
			(void)kern_close(td, i);
}

/* Lowest free slot from minfd on; the caller holds fd_sx exclusively. */
int
fdalloc(struct thread *td, int minfd, int *result)
{
	struct filedesc *fdp;
	int fd;

	fdp = td->td_proc->p_fd;
	fd = minfd > fdp->fd_freefile ? minfd : fdp->fd_freefile;
	while (fd < NDFILE && fdp->fd_ofiles[fd].fde_file != NULL)
		fd++;
	if (fd >= NDFILE)
		return (EMFILE);
	*result = fd;
	return (0);
}

/* Notes that slot fd is taken; the caller holds fd_sx exclusively. */
void
fdused(struct filedesc *fdp, int fd)
{
	if (fd > fdp->fd_lastfile)
		fdp->fd_lastfile = fd;
	if (fd == fdp->fd_freefile)
		fdp->fd_freefile = fd + 1;
}

/* Notes that slot fd is free again. */
void
fdunused(struct filedesc *fdp, int fd)
{
	if (fd < fdp->fd_freefile)
		fdp->fd_freefile = fd;
	while (fdp->fd_lastfile >= 0 && fdp->fd_ofiles[fdp->fd_lastfile].fde_file == NULL)
		fdp->fd_lastfile--;
}

/* Puts fp in the lowest free slot, taking a reference for it. */
int
finstall(struct thread *td, struct file *fp, int *fd, int flags)
{
	struct filedesc *fdp;
	int error;

	fdp = td->td_proc->p_fd;
	FILEDESC_XLOCK(fdp);
	error = fdalloc(td, 0, fd);
	if (error == 0) {
		fhold(fp);
		fdp->fd_ofiles[*fd].fde_file = fp;
		fdp->fd_ofiles[*fd].fde_flags = (flags & O_CLOEXEC) ? UF_EXCLOSE : 0;
		fdused(fdp, *fd);
	}
	FILEDESC_XUNLOCK(fdp);
	return (error);
}

/* A new file in a new slot: two references, one of them the caller's. */
int
falloc(struct thread *td, struct file **resultfp, int *resultfd, int flags)
{
	struct file *fp;
	int error;

	error = falloc_noinstall(td, &fp);
	if (error != 0)
		return (error);
	error = finstall(td, fp, resultfd, flags);
	if (error != 0) {
		fdrop(fp, td);
		return (error);
	}
	*resultfp = fp;
	return (0);
}

/* The open file behind fd with a reference, if it allows flags (FREAD, FWRITE or neither). */
int
_fget(struct thread *td, int fd, struct file **fpp, int flags)
{
	struct filedesc *fdp;
	struct file *fp;

	*fpp = NULL;
	fdp = td->td_proc->p_fd;
	if (fdp == NULL || fd < 0 || fd > fdp->fd_lastfile)
		return (EBADF);
	fp = fdp->fd_ofiles[fd].fde_file;
	if (fp == NULL || fp->f_ops == &badfileops)
		return (EBADF);
	if ((flags & FREAD) && (fp->f_flag & (FREAD | FEXEC)) == 0)
		return (EBADF);
	if ((flags & FWRITE) && (fp->f_flag & FWRITE) == 0)
		return (EBADF);
	fhold(fp);
	*fpp = fp;
	return (0);
}

int
fget(struct thread *td, int fd, struct file **fpp)
{
	return (_fget(td, fd, fpp, 0));
}

int
fget_read(struct thread *td, int fd, struct file **fpp)
{
	return (_fget(td, fd, fpp, FREAD));
}

int
fget_write(struct thread *td, int fd, struct file **fpp)
{
	return (_fget(td, fd, fpp, FWRITE));
}

int
kern_close(struct thread *td, int fd)
{
	struct filedesc *fdp;
	struct file *fp;

	fdp = td->td_proc->p_fd;
	FILEDESC_XLOCK(fdp);
	if (fd < 0 || fd > fdp->fd_lastfile || (fp = fdp->fd_ofiles[fd].fde_file) == NULL) {
		FILEDESC_XUNLOCK(fdp);
		return (EBADF);
	}
	fdp->fd_ofiles[fd].fde_file = NULL;
	fdp->fd_ofiles[fd].fde_flags = 0;
	fdunused(fdp, fd);
	FILEDESC_XUNLOCK(fdp);
	return (closef(fp, td));
}

int
sys_close(struct thread *td, struct close_args *uap)
{
	return (kern_close(td, uap->fd));
}
