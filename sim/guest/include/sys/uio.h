/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scatter/gather transfers: a struct uio says where the user's (or kernel's) bytes are and how
 * many are left; uiomove() moves some and advances it.
 */
#ifndef _SYS_UIO_H_
#define	_SYS_UIO_H_

#include <sys/types.h>

struct iovec {
	void	*iov_base;
	size_t	iov_len;
};

#ifdef _KERNEL
enum uio_rw { UIO_READ, UIO_WRITE };
enum uio_seg { UIO_USERSPACE, UIO_SYSSPACE, UIO_NOCOPY };

struct thread;

struct uio {
	struct iovec *uio_iov;
	int	uio_iovcnt;
	off_t	uio_offset;
	ssize_t	uio_resid;
	enum uio_seg uio_segflg;
	enum uio_rw uio_rw;
	struct thread *uio_td;
};

#define	UIO_MAXIOV	1024
#define	IOSIZE_MAX	0x7fffffff

int	uiomove(void *cp, int n, struct uio *uio);
int	uiomove_faultflag(void *cp, int n, struct uio *uio, int nofault);
int	copyinuio(const struct iovec *iovp, u_int iovcnt, struct uio **uio);
#endif

#endif
