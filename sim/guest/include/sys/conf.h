/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Character devices: a driver fills a cdevsw and calls make_dev(), and the device appears in /dev.
 * Devices are made while booting and never removed, so lookups need no lock.
 */
#ifndef _SYS_CONF_H_
#define	_SYS_CONF_H_

#include <sys/types.h>
#include <sys/queue.h>

struct cdev;
struct thread;
struct uio;

#define	SPECNAMELEN	31

typedef int d_open_t(struct cdev *dev, int oflags, int devtype, struct thread *td);
typedef int d_close_t(struct cdev *dev, int fflag, int devtype, struct thread *td);
typedef int d_read_t(struct cdev *dev, struct uio *uio, int ioflag);
typedef int d_write_t(struct cdev *dev, struct uio *uio, int ioflag);
typedef int d_ioctl_t(struct cdev *dev, u_long cmd, void *data, int fflag, struct thread *td);

#define	D_VERSION	0x17122009
#define	D_MMAP_ANON	0x00100000	/* mmap gives anonymous memory (d_flags) */
#define	D_TYPEMASK	0xffff		/* D_TTY or 0, for FIODTYPE */

/* A missing operation gives ENODEV (read, write), ENOTTY (ioctl) or success (open, close). */
struct cdevsw {
	int	d_version;
	u_int	d_flags;
	const char *d_name;
	d_open_t *d_open;
	d_close_t *d_close;
	d_read_t *d_read;
	d_write_t *d_write;
	d_ioctl_t *d_ioctl;	/* data is the syscall's third argument as it is, unless the
				   command is an _IO*() one with a size: then a kernel copy */
};

struct cdev {
	struct cdevsw *si_devsw;
	void	*si_drv1;
	int	si_unit;
	uint32_t si_ino;	/* inode number in devfs, also st_rdev */
	uint16_t si_mode;
	char	si_name[SPECNAMELEN + 1];	/* below /dev, may hold a '/' */
	TAILQ_ENTRY(cdev) si_list;
};
TAILQ_HEAD(cdevlist, cdev);
extern struct cdevlist cdevs;

/* fs/devfs_devs.c.  fmt gives the name below /dev; a '/' in it makes a directory. */
struct cdev *make_dev(struct cdevsw *devsw, int unit, uid_t uid, gid_t gid, int perms, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));

#endif
