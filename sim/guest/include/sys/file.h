/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Open files.  f_count is changed with interrupts of other threads impossible (one CPU, no kernel
 * preemption) by atomic operations; f_offset belongs to whoever holds the file's pool mutex.
 */
#ifndef _SYS_FILE_H_
#define	_SYS_FILE_H_

#include <sys/types.h>
#include <sys/fcntl.h>

struct file;
struct stat;
struct thread;
struct uio;
struct ucred;
struct vnode;

#define	DTYPE_VNODE	1
#define	DTYPE_PIPE	3
#define	DTYPE_DEV	11

typedef int fo_rdwr_t(struct file *fp, struct uio *uio, struct ucred *cred, int flags, struct thread *td);
typedef int fo_ioctl_t(struct file *fp, u_long com, void *data, struct ucred *cred, struct thread *td);
typedef int fo_stat_t(struct file *fp, struct stat *sb, struct ucred *cred, struct thread *td);
typedef int fo_close_t(struct file *fp, struct thread *td);
typedef int fo_seek_t(struct file *fp, off_t offset, int whence, struct thread *td);

#define	FOF_OFFSET	0x01	/* the uio says where; leave f_offset alone */

struct fileops {
	fo_rdwr_t	*fo_read;
	fo_rdwr_t	*fo_write;
	fo_ioctl_t	*fo_ioctl;
	fo_stat_t	*fo_stat;
	fo_close_t	*fo_close;
	fo_seek_t	*fo_seek;
	int		fo_flags;	/* DFLAG_* */
};
#define	DFLAG_PASSABLE	0x01
#define	DFLAG_SEEKABLE	0x02

struct file {
	void	*f_data;	/* what the type needs (cdev, pipe) */
	struct fileops *f_ops;
	struct ucred *f_cred;
	struct vnode *f_vnode;
	short	f_type;		/* DTYPE_* */
	u_int	f_flag;		/* FREAD, FWRITE, O_* */
	volatile u_int f_count;
	off_t	f_offset;
};

extern struct fileops badfileops, vnops, devfs_ops_f, pipeops;
extern fo_rdwr_t badfo_rdwr;
extern fo_seek_t badfo_seek;
extern volatile int openfiles;

void	file_init(void);
int	falloc(struct thread *td, struct file **resultfp, int *resultfd, int flags);
int	falloc_noinstall(struct thread *td, struct file **resultfp);
int	finstall(struct thread *td, struct file *fp, int *fd, int flags);
void	finit(struct file *fp, u_int flag, short type, void *data, struct fileops *ops);
int	fget(struct thread *td, int fd, struct file **fpp);
int	fget_read(struct thread *td, int fd, struct file **fpp);
int	fget_write(struct thread *td, int fd, struct file **fpp);
int	_fget(struct thread *td, int fd, struct file **fpp, int flags);
void	fhold(struct file *fp);
int	_fdrop(struct file *fp, struct thread *td);
int	fdrop(struct file *fp, struct thread *td);
int	closef(struct file *fp, struct thread *td);
off_t	foffset_lock(struct file *fp, int flags);
void	foffset_unlock(struct file *fp, off_t val, int flags);

#endif
