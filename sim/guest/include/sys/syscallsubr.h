/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kern_*() halves of system calls: they take kernel pointers, and the kernel may call them itself. */
#ifndef _SYS_SYSCALLSUBR_H_
#define	_SYS_SYSCALLSUBR_H_

#include <sys/types.h>
#include <sys/uio.h>

struct file;
struct image_args;
struct rusage;
struct stat;
struct thread;
struct timespec;

int	kern_readv(struct thread *td, int fd, struct uio *auio);
int	kern_preadv(struct thread *td, int fd, struct uio *auio, off_t offset);
int	kern_writev(struct thread *td, int fd, struct uio *auio);
int	kern_pwritev(struct thread *td, int fd, struct uio *auio, off_t offset);
int	dofileread(struct thread *td, int fd, struct file *fp, struct uio *auio, off_t offset, int flags);
int	dofilewrite(struct thread *td, int fd, struct file *fp, struct uio *auio, off_t offset, int flags);
int	kern_ioctl(struct thread *td, int fd, u_long com, void *data);
int	kern_openat(struct thread *td, int fd, const char *path, enum uio_seg seg, int flags, int mode);
int	kern_statat(struct thread *td, int flag, int fd, const char *path, enum uio_seg seg, struct stat *sb);
int	kern_fstat(struct thread *td, int fd, struct stat *sb);
int	kern_accessat(struct thread *td, int fd, const char *path, enum uio_seg seg, int flags, int mode);
int	kern_execve(struct thread *td, struct image_args *args);
int	kern_wait(struct thread *td, pid_t pid, int *status, int options, struct rusage *rup);
int	kern_wait6(struct thread *td, pid_t pid, int *status, int options, struct rusage *rup);
int	kern_clock_gettime(struct thread *td, int clock_id, struct timespec *ats);
int	kern_nanosleep(struct thread *td, struct timespec *rqt, struct timespec *rmt);
int	kern_kill(struct thread *td, pid_t pid, int sig);

#endif
