/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A process's descriptor table: fixed size, under its own sx lock.  Reads of one's own table by the
 * only thread of a process need no lock.
 */
#ifndef _SYS_FILEDESC_H_
#define	_SYS_FILEDESC_H_

#include <sys/types.h>
#include <sys/lock.h>
#include <sys/sx.h>

#define	NDFILE	64

struct file;
struct thread;
struct proc;
struct vnode;

struct filedescent {
	struct file *fde_file;
	u_char	fde_flags;	/* UF_* */
};
#define	UF_EXCLOSE	0x01

struct filedesc {
	struct filedescent fd_ofiles[NDFILE];
	struct vnode *fd_cdir;	/* current directory */
	struct vnode *fd_rdir;	/* root */
	int	fd_lastfile;	/* highest open descriptor, -1 if none */
	int	fd_freefile;	/* no lower one is free */
	u_short	fd_cmask;
	u_int	fd_refcnt;
	struct sx fd_sx;
};
#define	FILEDESC_XLOCK(fdp)	sx_xlock(&(fdp)->fd_sx)
#define	FILEDESC_XUNLOCK(fdp)	sx_xunlock(&(fdp)->fd_sx)
#define	FILEDESC_SLOCK(fdp)	sx_slock(&(fdp)->fd_sx)
#define	FILEDESC_SUNLOCK(fdp)	sx_sunlock(&(fdp)->fd_sx)

struct filedesc *fdinit(struct filedesc *fdp);
struct filedesc *fdcopy(struct filedesc *fdp);
void	fdescfree(struct thread *td);
void	fdcloseexec(struct thread *td);
int	fdalloc(struct thread *td, int minfd, int *result);
void	fdused(struct filedesc *fdp, int fd);
void	fdunused(struct filedesc *fdp, int fd);
int	kern_close(struct thread *td, int fd);
void	filedescinit(void);

#endif
